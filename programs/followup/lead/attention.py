"""Overrides that end soon, among what needs attention. For ``ATTENTION_PROVIDERS``."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format

from clinic.models import Practice, User
from patients.inbox.attention import MOST, AttentionItem, AttentionRank
from patients.models.case_reading import practice_today
from programs.exercises.sides import with_side
from programs.followup.lead.rows import overrides_ending
from programs.prescriptions.models import Override


def ending_overrides(practice: Practice, user: User) -> list[AttentionItem]:
    """A line for each override that ends within a week, those that end first; one query."""
    return [_line(row) for row in overrides_ending(practice, practice_today(practice))[:MOST]]


def _line(row: Override) -> AttentionItem:
    case = row.item.program.case
    name = with_side(row.item.exercise.name, row.side)
    return AttentionItem(
        urgency=AttentionRank.ROUTINE,
        title=str(case.patient),
        detail=f"Override ends after {date_format(row.expires_on)}: {name}. "
        f"{row.made_by}: “{row.reason}” · {case.title}",
        url=reverse("program", args=[row.item.program_id]),
        at=row.made_at,
    )
