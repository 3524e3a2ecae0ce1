"""What happened to the programs of a case. For ``settings.TIMELINE``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import CharField, F
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import date_format

from clinic.formats import day_words
from clinic.models import AuditEntry
from patients.cases.timeline import MOST_OF_A_KIND, TimelineEvent
from patients.models import Case
from programs.access.sent_models import LinkSent
from programs.builder.ended import ended_words
from programs.exercises.phases import weeks_in_words
from programs.prescriptions.differences import Difference, differences
from programs.prescriptions.models import IssuedPrescription, Override, Program
from programs.prescriptions.prescription import Prescription
from programs.prescriptions.screen_models import ScreenReview, ScreenWaiver

MOST_VERSIONS = 60
_KINDS = {"added": "New: ", "removed": "Taken out: ", "changed": ""}


def events(case: Case) -> list[TimelineEvent]:
    """Versions with their differences, overrides, waivers, and programs that ended."""
    return [
        *reversed(_versions(case)),
        *_stays(case),
        *_overrides(case),
        *_waivers(case),
        *_reviews(case),
        *_ended(case),
        *_sent(case),
        *_helpers(case),
    ]


def _versions(case: Case) -> list[TimelineEvent]:
    """Each version as it differs from the one before, the first one first."""
    found: list[TimelineEvent] = []
    rows = (
        IssuedPrescription.objects.filter(program__case=case)
        .select_related("issued_by", "program")
        .annotate(phase=F("draft__phase"), plan_name=F("draft__plan__template__name"))
        .defer("draft")
        .order_by("program_id", "version")
    )
    for _, group in groupby(rows[:MOST_VERSIONS], attrgetter("program_id")):
        before: Prescription | None = None
        for row in group:
            now = row.words()
            changes: list[Difference] = differences(before, now) if before else []
            before = now
            event = TimelineEvent(
                row.issued_at,
                str(row.issued_by),
                f"Issued version {row.version} of “{now.title}”{_phase(row, now)}.",
                lines=tuple(map(_line, changes)),
                url=reverse("program_versions", args=[row.program_id]),
            )
            found.append(event)
    return found


def _phase(row: Any, now: Prescription) -> str:
    """`` as phase 2 of “Knee”, for weeks 3 and 4``; empty for a version of no phase."""
    if not row.phase or now.weeks is None:
        return ""
    return f", as phase {row.phase} of “{row.plan_name}”, for {weeks_in_words(*now.weeks)}"


def _stays(case: Case) -> Iterable[TimelineEvent]:
    """A next phase that was put off, or is not proposed again; the trail alone knows who did it."""
    mine = case.programs.annotate(key=Cast("pk", CharField())).values("key")
    rows = AuditEntry.objects.filter(
        practice=case.practice_id,
        patient=case.patient_id,
        action="program.phase.stay",
        target_id__in=mine,
    )
    for row in rows[:MOST_OF_A_KIND]:
        until = row.details.get("until")
        end = f" until {day_words(dt.date.fromisoformat(until))}" if until else ""
        more = "" if until else " The next phase is not proposed again."
        words = f"Stays in phase {row.details['phase']}{end}.{more}"
        yield TimelineEvent(row.at, row.actor_label, words)


def _line(change: Difference) -> str:
    lines = "; ".join(line for line in change.lines if line)
    return f"{_KINDS[change.kind]}{change.name}{f' ({lines})' if lines else ''}"


def _overrides(case: Case) -> Iterable[TimelineEvent]:
    rows = Override.objects.filter(item__program__case=case).select_related(
        "item__exercise", "made_by", "revocation__revoked_by"
    )
    for row in rows.order_by("-made_at")[:MOST_OF_A_KIND]:
        name = row.item.exercise.name
        end = date_format(row.expires_on)
        yield TimelineEvent(
            row.made_at, str(row.made_by), f"Override until {end}: {name}.", row.reason
        )
        if row.revoked_at:
            who = str(row.revocation.revoked_by or "")
            yield TimelineEvent(row.revoked_at, who, f"Override taken back: {name}.")


def _waivers(case: Case) -> Iterable[TimelineEvent]:
    rows = ScreenWaiver.objects.filter(prescription__program__case=case).select_related("made_by")
    for row in rows[:MOST_OF_A_KIND]:
        words = f"Went out with a question not asked: {row.label}."
        yield TimelineEvent(row.made_at, str(row.made_by), words, row.reason)


def _reviews(case: Case) -> Iterable[TimelineEvent]:
    rows = ScreenReview.objects.filter(program__case=case).select_related("made_by")
    for row in rows[:MOST_OF_A_KIND]:
        words = (
            "Said that something has changed" if row.changed else "Said that nothing has changed"
        )
        yield TimelineEvent(
            row.made_at, str(row.made_by), f"{words} since the last screen (version {row.version})."
        )


def _sent(case: Case) -> Iterable[TimelineEvent]:
    rows = LinkSent.objects.filter(access__case=case).select_related("sent_by")
    for row in rows[:MOST_OF_A_KIND]:
        to = f", to {row.to}" if row.to else ""
        words = f"The patient's link was sent: {row.get_way_display()}{to}."
        yield TimelineEvent(row.sent_at, str(row.sent_by), words)


def _helpers(case: Case) -> Iterable[TimelineEvent]:
    """Links of people who help: given, and closed again."""
    rows = case.accesses.of_helpers().select_related("created_by", "revoked_by")
    for row in rows[:MOST_OF_A_KIND]:
        who, name = str(row.created_by), row.helper_words
        yield TimelineEvent(row.created_at, who, f"{name} was given a link of their own.")
        if row.revoked_at:
            closed = str(row.revoked_by or "")
            yield TimelineEvent(row.revoked_at, closed, f"The link of {name} was closed.")


def _ended(case: Case) -> Iterable[TimelineEvent]:
    rows = Program.objects.filter(case=case, ended_at__isnull=False).select_related("changed_by")
    for row in rows:
        assert row.ended_at is not None  # noqa: S101 - asked for
        yield TimelineEvent(
            row.ended_at, str(row.changed_by), f"Program “{row.title}” {ended_words(row)}."
        )
