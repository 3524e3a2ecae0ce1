"""The lists behind the numbers of the overview: one kind of thing each, as rows of words."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from clinic.models import Practice
from patients.inbox import words as alert_words
from patients.inbox.attention import AttentionRank
from patients.models import Alert, Case
from patients.models.case_reading import practice_today
from programs.exercises.library import library_for
from programs.exercises.rulebook.standings import standings
from programs.exercises.sides import with_side
from programs.followup.lead import rows

CHUNK: Final = 500
"""Rows of a file that are read at once."""


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One line: what each column says, and where it leads."""

    cells: tuple[str, ...]
    url: str


class LeadList(ABC):
    """One number of the overview, and the list that it counts."""

    code: ClassVar[str]
    title: ClassVar[str]
    heads: ClassVar[tuple[str, ...]]
    empty: ClassVar[str]

    def __init__(self, practice: Practice) -> None:
        """Nothing is read before it is asked for."""
        self.practice = practice
        self.today = practice_today(practice)

    @abstractmethod
    def found(self) -> Any:
        """What is counted: a set of rows, or a list."""

    @abstractmethod
    def told(self, part: Sequence[Any]) -> list[LeadRow]:
        """Some of them as lines, in a constant number of queries."""

    @property
    def number(self) -> str:
        """What stands on the overview."""
        found = self.found()
        return str(len(found) if isinstance(found, list) else found.count())

    def all_lines(self) -> Iterator[LeadRow]:
        """Every line, some at a time."""
        every = list(self.found())
        for start in range(0, len(every), CHUNK):
            yield from self.told(every[start : start + CHUNK])


class OpenAlerts(LeadList):
    """What nobody has acknowledged, put off or not."""

    code, title = "alerts", "Open alerts"
    heads = ("Patient", "Case", "Alert", "Urgency", "Raised")
    empty = "Every alert has been acknowledged."

    def found(self) -> Any:
        """The most urgent first."""
        return rows.open_alerts(self.practice)

    def told(self, part: Sequence[Alert]) -> list[LeadRow]:
        """Each with its case."""
        return [
            LeadRow(
                (
                    *_whose(row.case),
                    alert_words.title(row) + (f": {row.item_name}" if row.item_name else ""),
                    AttentionRank(row.rank).words,
                    _moment(row.raised_at),
                ),
                row.case.get_absolute_url(),
            )
            for row in part
        ]


class OverdueReviews(LeadList):
    """Running programs whose review day has come, and nobody works on the next version."""

    code, title = "reviews", "Reviews due"
    heads = ("Patient", "Case", "Due", "Days overdue", "In care of")
    empty = "No review is due."

    def found(self) -> Any:
        """The longest overdue first."""
        return rows.due_programs(self.practice, self.today)

    def told(self, part: Sequence[Any]) -> list[LeadRow]:
        """Each leads to its review page."""
        return [
            LeadRow(
                (
                    *_whose(row.case),
                    date_format(row.review_on),
                    str((self.today - row.review_on).days),
                    str(row.case.clinician),
                ),
                reverse("case_review", args=[row.case_id]),
            )
            for row in part
        ]


class UnsignedRules(LeadList):
    """Rules without a physiotherapist's signature for what they say now."""

    code, title = "rules", "Unsigned rules"
    heads = ("Rule", "Title", "Standing")
    empty = "Every rule is signed."

    def found(self) -> list[Any]:
        """The rules with their standing, as the rulebook has them."""
        rules = library_for(self.practice).rules
        stand = standings(self.practice, rules)
        return [(rule, stand[code]) for code, rule in rules.items() if not stand[code].signed]

    def told(self, part: Sequence[Any]) -> list[LeadRow]:
        """Each leads to its page."""
        return [
            LeadRow(
                (rule.id, rule.title, "Changed since it was signed" if s.changed else "Not signed"),
                reverse("rule", args=[rule.id]),
            )
            for rule, s in part
        ]


class StandingOverrides(LeadList):
    """Decisions against a rule that hold today, in programs that run."""

    code, title = "overrides", "Overrides in force"
    heads = ("Patient", "Case", "Exercise", "Reason", "By", "Until")
    empty = "No override is in force."

    def found(self) -> Any:
        """Those that end first come first."""
        return rows.overrides_in_force(self.practice, self.today)

    def told(self, part: Sequence[Any]) -> list[LeadRow]:
        """Each leads to its program."""
        return [
            LeadRow(
                (
                    *_whose(row.item.program.case),
                    with_side(row.item.exercise.name, row.side),
                    row.reason,
                    str(row.made_by),
                    date_format(row.expires_on),
                ),
                reverse("program", args=[row.item.program_id]),
            )
            for row in part
        ]


class StandingWaivers(LeadList):
    """Questions that what patients have now went out without, and nobody has answered since."""

    code, title = "waivers", "Questions waived"
    heads = ("Patient", "Case", "Question", "Reason", "By", "Since")
    empty = "No program runs with a question not asked."

    def found(self) -> Any:
        """The latest first."""
        return rows.waivers_in_force(self.practice)

    def told(self, part: Sequence[Any]) -> list[LeadRow]:
        """Each leads to its question."""
        return [
            LeadRow(
                (
                    *_whose(case := row.prescription.program.case),
                    row.label,
                    row.reason,
                    str(row.made_by),
                    _moment(row.made_at),
                ),
                f"{reverse('safety_screen', args=[case.pk])}?only={row.code}",
            )
            for row in part
        ]


def _whose(case: Case) -> tuple[str, str]:
    return case.patient.full_name, case.title


def _moment(at: dt.datetime) -> str:
    return date_format(timezone.localtime(at), "j M Y, H:i")
