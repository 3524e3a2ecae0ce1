"""What can be said about one case from its rows: answers, stops, weeks and ages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from patients import vocabulary
from patients.models import fact_rows
from patients.vocabulary import Answer, Chain, Route

if TYPE_CHECKING:
    from clinic.models import Practice
    from patients.models.conditions import CaseCondition, CaseSurgery
    from patients.models.screen import ScreenAnswer

FULL_TERM_DAYS = 280
"""Days from the start of a pregnancy, as it is counted, to the due date."""
OVERDUE_DAYS = 28
"""A due date further back than this is out of date and has to be asked again."""

_ROUTE_ORDER = list(Route)


def practice_today(practice: Practice) -> date:
    """Today's date where the practice is."""
    return timezone.localdate(timezone=practice.zone)


class CaseReading:
    """The reading half of a case. After ``with_facts()`` it asks the database nothing."""

    # Filled by CaseQuerySet.with_facts.
    condition_rows: list[CaseCondition]
    surgery_rows: list[CaseSurgery]
    answer_rows: list[ScreenAnswer]

    # Columns of the model.
    pk: Any
    patient: Any
    practice: Practice
    pregnant: str
    due_date: date | None
    gave_birth: str
    birth_on: date | None

    @property
    def current_conditions(self) -> list[CaseCondition]:
        """The conditions recorded, in the order they were entered."""
        return self._rows("condition_rows", fact_rows.conditions_of)

    @property
    def current_surgeries(self) -> list[CaseSurgery]:
        """The operations recorded, latest first."""
        return self._rows("surgery_rows", fact_rows.surgeries_of)

    @cached_property
    def symptom_chain(self) -> Chain:
        """The row of places that its patient is asked about."""
        return vocabulary.shown_chain([row.code for row in self.current_conditions])

    def keep_what_it_has(self) -> None:
        """Read its facts once, for as long as this object is used to judge.

        Who gave an answer is no fact, and is not read along.
        """
        kept = self.__dict__
        kept["condition_rows"] = self.current_conditions
        kept["surgery_rows"] = self.current_surgeries
        kept["answer_rows"] = self._rows("answer_rows", partial(fact_rows.answers_of, who=False))

    @property
    def about(self) -> frozenset[str] | None:
        """The regions of the body that the case is about; None where that is not known."""
        found = {vocabulary.CONDITIONS[row.code].region for row in self.current_conditions}
        if not found or "whole_body" in found:
            return None
        operations = self.current_surgeries
        found |= {vocabulary.SURGERIES[row.code].region for row in operations}
        return frozenset(found | ({vocabulary.OPERATED} if operations else set()))

    @property
    def current_answers(self) -> dict[str, ScreenAnswer]:
        """Code → the latest answer to it; a question never answered has no entry."""
        rows = self._rows("answer_rows", fact_rows.answers_of)
        return {row.code: row for row in rows}

    def known_answers(self, answers: dict[str, ScreenAnswer] | None = None) -> dict[str, str]:
        """Code → answer of everything the screen asks, pregnancy and birth among it.

        ``answers``: ``current_answers``, where somebody has read them already.
        """
        current = self.current_answers if answers is None else answers
        rows = {code: row.answer for code, row in current.items()}
        return {**rows, "pregnant": self.pregnant, "gave_birth": self.gave_birth}

    def answers_saying_yes(self) -> list[ScreenAnswer]:
        """Current answers that are yes, most urgent first, then in the screen's order."""
        found = [row for row in self.current_answers.values() if row.answer == Answer.YES]
        return sorted(found, key=_screen_order)

    def open_stops(self) -> list[ScreenAnswer]:
        """Answers that stop prescribing for this case until a clinician clears them."""
        routes = self._open_routes()
        return [
            row
            for row in self.answers_saying_yes()
            if not row.is_cleared and routes.get(row.code) in vocabulary.STOPPING_ROUTES
        ]

    def review_notices(self) -> list[ScreenAnswer]:
        """Answers that call for a medical review or referral, but do not stop prescribing."""
        routes = self._open_routes()
        return [
            row
            for row in self.answers_saying_yes()
            if row.route is not None
            and row.route not in vocabulary.STOPPING_ROUTES
            and routes.get(row.code) not in vocabulary.STOPPING_ROUTES
        ]

    def _open_routes(self) -> dict[str, Route]:
        """How fast each yes that nobody cleared needs an answer, seen together."""
        codes = {row.code for row in self.answers_saying_yes() if not row.is_cleared}
        together = any(group.code in codes for group in vocabulary.TOGETHER)
        conditions = [c.code for c in self.current_conditions] if together else []
        return vocabulary.routes_of(codes, conditions)

    def age_on(self, day: date) -> int:
        """The patient's age in whole years."""
        return self.patient.age_on(day)

    def today(self) -> date:
        """Today where the practice is; weeks and ages are counted to this day."""
        return practice_today(self.practice)

    def pregnancy_weeks_on(self, day: date) -> int | None:
        """Whole weeks of pregnancy, 0–44; None while no pregnancy is recorded.

        An overdue date counts as the last week until somebody updates it: a pregnancy that may
        be over still limits exercise, it is never silently dropped.
        """
        if self.pregnant != Answer.YES or self.due_date is None:
            return None
        weeks = (FULL_TERM_DAYS - (self.due_date - day).days) // 7
        return max(0, min(weeks, vocabulary.MAX_PREGNANCY_WEEKS))

    def pregnancy_is_out_of_date_on(self, day: date) -> bool:
        """The due date lies more than four weeks back, so that the record needs an update."""
        return (
            self.pregnant == Answer.YES
            and self.due_date is not None
            and (day - self.due_date).days > OVERDUE_DAYS
        )

    def postnatal_weeks_on(self, day: date) -> int | None:
        """Whole weeks since the last birth; None where none is recorded, or it is long ago."""
        if self.gave_birth != Answer.YES or self.birth_on is None:
            return None
        weeks = max(0, (day - self.birth_on).days // 7)
        return weeks if weeks <= vocabulary.MAX_POSTNATAL_WEEKS else None

    def asks_about_pregnancy_on(self, day: date) -> bool:
        """Whether pregnancy and birth can be; what was recorded once stays in sight."""
        if Answer.YES in (self.pregnant, self.gave_birth):
            return True
        return self.patient.may_be_pregnant_on(day)

    def _rows(self, name: str, read: Callable[[CaseReading], list[Any]]) -> list[Any]:
        return list(self.__dict__[name]) if name in self.__dict__ else read(self)


_CODE_ORDER = {
    code: place for place, code in enumerate([*vocabulary.RED_FLAGS, *vocabulary.FINDINGS])
}


def _screen_order(row: ScreenAnswer) -> tuple[int, int]:
    route = row.route
    urgency = len(_ROUTE_ORDER) if route is None else _ROUTE_ORDER.index(route)
    return urgency, _CODE_ORDER.get(row.code, len(_CODE_ORDER))
