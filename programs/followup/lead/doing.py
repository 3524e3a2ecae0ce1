"""How much patients do, and for practices in the United States what was logged by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Count, DurationField, ExpressionWrapper, F, Sum
from django.db.models.functions import TruncDate, TruncMonth
from django.urls import reverse
from django.utils.formats import date_format

from clinic.models import Practice
from patients.identity.regions import region_of
from programs.followup.lead import rows
from programs.followup.lead.lists import (
    LeadList,
    LeadRow,
    OpenAlerts,
    OverdueReviews,
    StandingOverrides,
    StandingWaivers,
    UnsignedRules,
)
from programs.sessions.models import SessionLog
from programs.sessions.prescribed import weekly_of

_WEEK, _MONTH = dt.timedelta(days=6), dt.timedelta(days=27)
_MONTHS_BACK: Final = 3


class Doing(LeadList):
    """Sessions done of sessions asked for, of everybody who has a program now."""

    code, title = "adherence", "Did a session in the last 7 days"
    heads = ("Patient", "Case", "Last 7 days", "Last 28 days", "Asked for each week", "In care of")
    empty = "Nobody has a program now."

    def found(self) -> Any:
        """Who did least in the last week comes first."""
        zone = self.practice.zone
        midnight = dt.datetime.combine(self.today, dt.time(), zone)
        since = {"week": midnight - _WEEK, "month": midnight - _MONTH}
        found = rows.with_sessions(rows.running(self.practice), since)
        return found.order_by("week", "month", "pk")

    @property
    def number(self) -> str:
        """``12 of 20``."""
        done = list(self.found().order_by().values_list("week", flat=True))
        return f"{sum(runs > 0 for runs in done)} of {len(done)}"

    def told(self, part: Sequence[Any]) -> list[LeadRow]:
        """Two queries more for what their versions ask for."""
        asked = weekly_of([row.pk for row in part])
        return [
            LeadRow(
                (
                    row.case.patient.full_name,
                    row.case.title,
                    str(row.week),
                    str(row.month),
                    str(asked.get(row.pk, 0)),
                    str(row.case.clinician),
                ),
                row.case.get_absolute_url(),
            )
            for row in part
        ]


class Monitoring(LeadList):
    """Days and minutes by patient and month, as they were logged; nothing is rounded up."""

    code, title = "monitoring", "Remote monitoring by month"
    heads = ("Patient", "Case", "Month", "Days with a session", "Minutes of finished sessions")
    empty = "Nothing was logged."

    def found(self) -> list[Any]:
        """This month and the three before, the latest first."""
        zone = self.practice.zone
        month = self.today.replace(day=1)
        for _ in range(_MONTHS_BACK):
            month = (month - dt.timedelta(days=1)).replace(day=1)
        took = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
        found = (
            SessionLog.objects.filter(
                practice=self.practice,
                started_at__gte=dt.datetime.combine(month, dt.time(), zone),
            )
            .order_by()
            .values("case", "case__title", "case__patient__full_name")
            .annotate(
                month=TruncMonth("started_at", tzinfo=zone),
                days=Count(TruncDate("started_at", tzinfo=zone), distinct=True),
                took=Sum(took),
            )
        )
        return list(found.order_by("-month", "case__patient__full_name", "case"))

    def told(self, part: Sequence[Any]) -> list[LeadRow]:
        """Minutes are whole ones: a begun minute is none."""
        return [
            LeadRow(
                (
                    row["case__patient__full_name"],
                    row["case__title"],
                    date_format(row["month"], "F Y"),
                    str(row["days"]),
                    str(int(row["took"].total_seconds()) // 60 if row["took"] else 0),
                ),
                reverse("case_log", args=[row["case"]]),
            )
            for row in part
        ]


_EVERYWHERE: Final = (
    OpenAlerts,
    OverdueReviews,
    UnsignedRules,
    StandingOverrides,
    StandingWaivers,
    Doing,
)


def lists_of(practice: Practice) -> dict[str, LeadList]:
    """The lists of a practice by their codes."""
    kinds: list[type[LeadList]] = [*_EVERYWHERE]
    if region_of(practice.time_zone) == "US":
        kinds.append(Monitoring)
    return {kind.code: kind(practice) for kind in kinds}
