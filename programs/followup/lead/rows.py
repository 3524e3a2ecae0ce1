"""The rows that the overview counts, each set in one query."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clinic.models import Practice
from patients.models import Alert
from programs.prescriptions.models import IssuedPrescription, Override, Program
from programs.prescriptions.screen_models import ScreenWaiver
from programs.sessions.models import ExerciseLog
from programs.verdicts.checks import open_waivers


def open_alerts(practice: Practice) -> QuerySet[Alert]:
    """Alerts that nobody has acknowledged, the most urgent first."""
    found = Alert.objects.open().filter(practice=practice, kind=Alert.ALERT)
    return found.select_related("case__patient").order_by("rank", "-raised_at", "pk")


def running(practice: Practice | int) -> QuerySet[Program]:
    """Programs that patients have now."""
    issued = IssuedPrescription.objects.filter(program=OuterRef("pk"))
    return Program.objects.filter(
        Exists(issued),
        practice=practice,
        ended_at=None,
        case__closed_at=None,
        case__patient__archived_at=None,
    ).select_related("case__patient", "case__clinician")


def due_programs(practice: Practice, today: dt.date) -> QuerySet[Program]:
    """Those whose review day has come, the longest overdue first."""
    due = running(practice).filter(review_on__lte=today, draft_open=False)
    return due.order_by("review_on", "pk")


def overrides_in_force(practice: Practice | int, today: dt.date) -> QuerySet[Override]:
    """Overrides of running programs that hold today, those that end first."""
    return (
        Override.objects.standing()
        .filter(
            practice=practice,
            expires_on__gte=today,
            item__removed_at=None,
            item__program__in=running(practice).order_by().values("pk"),
        )
        .select_related("item__exercise", "item__program__case__patient", "made_by")
        .order_by("expires_on", "pk")
    )


def overrides_ending(practice: Practice | int, today: dt.date, last: dt.date) -> QuerySet[Override]:
    """Those in force that end by a day and that no later decision takes over."""
    later = Override.objects.filter(
        item=OuterRef("item"),
        side=OuterRef("side"),
        revocation=None,
        expires_on__gt=OuterRef("expires_on"),
    )
    soon = overrides_in_force(practice, today).filter(expires_on__lte=last)
    return soon.exclude(Exists(later))


def waivers_in_force(practice: Practice) -> QuerySet[ScreenWaiver]:
    """Waivers of what patients have now that no answer has settled, the latest first."""
    newest = (
        IssuedPrescription.objects.filter(program__in=running(practice).order_by().values("pk"))
        .order_by("program_id", "-version")
        .distinct("program_id")
        .values("pk")
    )
    return (
        open_waivers(newest)
        .select_related("prescription__program__case__patient", "made_by")
        .defer("prescription__payload", "prescription__draft")
        .order_by("-made_at", "pk")
    )


def with_sessions(programs: QuerySet[Program], since: dict[str, dt.datetime]) -> QuerySet[Any]:
    """Each program with the sessions done since each of these moments, by the name given."""
    return programs.annotate(**{name: _sessions(at) for name, at in since.items()})


def _sessions(since: dt.datetime) -> Coalesce:
    """Sessions in which anything was done. Opened is not done."""
    done = (
        ExerciseLog.objects.standing()
        .filter(session__case=OuterRef("case"), session__started_at__gte=since)
        .exclude(state=ExerciseLog.SKIPPED)
        .order_by()
        .values("session__case")
        .annotate(runs=Count("session", distinct=True))
        .values("runs")
    )
    return Coalesce(Subquery(done, output_field=IntegerField()), 0)
