"""The only translation from rows to the frozen facts the rules judge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from clinic.models import Practice
from patients.models import Case, ScreenAnswer
from patients.vocabulary import Answer
from programs.rules.facts import CaseFacts, ConditionFact, RuleSettings, SurgeryFact


def case_facts(case: Case, on: dt.date | None = None) -> CaseFacts:
    """The case as the rules see it on one day (today where the practice is).

    Load the case with ``with_facts()`` first, then nothing is asked of the database. A stopping
    answer that a clinician has cleared no longer counts as yes; it counts as no.
    """
    day = on or case.today()
    answers = case.current_answers.values()
    return CaseFacts(
        conditions=tuple(ConditionFact(c.code, c.side) for c in case.current_conditions),
        findings=_answers(answers, ScreenAnswer.FINDING),
        surgeries=tuple(
            SurgeryFact(s.code, s.weeks_ago(day), s.side, s.approach)
            for s in case.current_surgeries
        ),
        pregnancy_weeks=case.pregnancy_weeks_on(day),
        age=case.age_on(day),
        directional_preference=case.directional_preference,
        irritability=case.irritability,
        resources=frozenset(case.resources),
        red_flags=_answers(answers, ScreenAnswer.RED_FLAG),
    )


def _answers(answers: Iterable[ScreenAnswer], kind: str) -> dict[str, bool]:
    rows = [a for a in answers if a.kind == kind]
    return {
        a.code: a.answer == Answer.YES and not a.is_cleared
        for a in rows
        if a.answer != Answer.UNKNOWN
    }


def rule_settings(practice: Practice) -> RuleSettings:
    """The practice's limits as the rules take them."""
    return RuleSettings(**{name: getattr(practice, name) for name in Practice.RULE_SETTINGS})
