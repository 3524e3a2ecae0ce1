"""Overrides that end soon, among what needs attention. For ``ATTENTION_PROVIDERS``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format

from clinic.models import Practice, User
from clinic.said_once import ANY_DAY, ANY_NUMBER, SaidOnce
from patients.inbox.attention import MOST, AttentionItem, AttentionRank
from patients.models.case_reading import practice_today
from programs.exercises.sides import with_side
from programs.followup.lead.rows import overrides_ending
from programs.prescriptions.models import Override

ENDING_WITHIN: Final = dt.timedelta(days=7)
"""How long before its end an override comes up."""


def ending_overrides(practice: Practice, user: User) -> list[AttentionItem]:
    """A line for each override that ends within a week, those that end first.

    Whether any does is asked first, simply: to plan the whole question takes longer than to answer.
    """
    today = practice_today(practice)
    days = (practice.pk, today, today + ENDING_WITHIN)
    keys = [pk for (pk,) in _ENDING.rows(*days)] if _ANY_ENDING.rows(*days) else []
    if not keys:
        return []
    rows = Override.objects.filter(practice=practice, pk__in=keys).select_related(
        "item__exercise", "item__program__case__patient", "made_by"
    )
    return [_line(row) for row in rows.order_by("expires_on", "pk")]


def _ending(practice: int, today: dt.date, last: dt.date) -> QuerySet[Any, Any]:
    return overrides_ending(practice, today, last).values_list("pk")[:MOST]


def _any_ending(practice: int, today: dt.date, last: dt.date) -> QuerySet[Any, Any]:
    rows = Override.objects.filter(practice=practice, expires_on__range=(today, last))
    return rows.order_by().values_list("pk")[:1]


_ANY_ENDING: Final = SaidOnce(_any_ending, ANY_NUMBER, ANY_DAY, ANY_DAY + dt.timedelta(days=1))
_ENDING: Final = SaidOnce(_ending, ANY_NUMBER, ANY_DAY, ANY_DAY + dt.timedelta(days=1))


def _line(row: Override) -> AttentionItem:
    case = row.item.program.case
    name = with_side(row.item.exercise.name, row.side)
    return AttentionItem(
        urgency=AttentionRank.ROUTINE,
        title=str(case.patient),
        said=f"Override ends after {date_format(row.expires_on)}: {name}. "
        f"{row.made_by}: “{row.reason}” · {case.title}",
        url=reverse("program", args=[row.item.program_id]),
        at=row.made_at,
    )
