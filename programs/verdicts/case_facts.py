"""The only translation from rows to the frozen facts the rules judge."""

from __future__ import annotations

import datetime as dt

from clinic.models import Practice
from patients.models import Case, CaseSurgery, ScreenAnswer
from patients.questions import FEEDS, MERGED, implied
from patients.vocabulary import FINDINGS, RED_FLAGS, Answer
from programs.rules.facts import (
    LEFT,
    RIGHT,
    CaseFacts,
    ConditionFact,
    RuleSettings,
    SurgeryFact,
    operations,
)


def case_facts(case: Case, on: dt.date | None = None) -> CaseFacts:
    """The case as the rules see it on one day (today where the practice is).

    Load the case with ``with_facts()`` first, then nothing is asked of the database. A stopping
    answer that a clinician has cleared no longer counts as yes; it counts as no. What needs no
    asking, since another answer, the age or the sex already says it, counts as answered.
    """
    day = on or case.today()
    answers = case.current_answers
    said = _answers(case, answers, day)
    postnatal_weeks = case.postnatal_weeks_on(day)
    birth = "" if postnatal_weeks is None else case.birth  # None: long ago, or there was none
    return CaseFacts(
        conditions=tuple(
            ConditionFact(c.code, c.side, c.stage, c.weeks_ago(day))
            for c in case.current_conditions
        ),
        findings={code: yes for code, yes in said.items() if code in FINDINGS},
        finding_sides={a.code: a.side for a in answers.values() if a.side and said.get(a.code)},
        surgeries=operations(
            tuple(_surgery(s, day) for s in case.current_surgeries),
            birth,
            postnatal_weeks,
        ),
        pregnancy_weeks=case.pregnancy_weeks_on(day),
        postnatal_weeks=postnatal_weeks,
        birth=birth,
        age=case.age_on(day),
        directional_preference=case.directional_preference,
        irritability=case.irritability,
        resources=frozenset(case.resources),
        red_flags={code: yes for code, yes in said.items() if code in RED_FLAGS},
        weight_bearing={
            side: order
            for side, order in (
                (LEFT, case.weight_bearing_left),
                (RIGHT, case.weight_bearing_right),
            )
            if order
        },
        nerve_sign=any(row.nerve_sign for row in answers.values()),
    )


def _surgery(row: CaseSurgery, day: dt.date) -> SurgeryFact:
    cleared = row.cleared_on is not None and row.cleared_on <= day
    return SurgeryFact(
        row.code,
        row.weeks_ago(day),
        row.side,
        row.approach,
        row.tear_size,
        row.subscapularis,
        cleared,
        row.movement_limits,
    )


def _answers(case: Case, answers: dict[str, ScreenAnswer], day: dt.date) -> dict[str, bool]:
    """Code → whether it is so, of everything that is known; one question may answer two codes."""
    said = {
        row.code: row.answer == Answer.YES and not row.is_cleared
        for row in answers.values()
        if row.answer != Answer.UNKNOWN
    }
    pregnancy = case.asks_about_pregnancy_on(day)
    said |= dict.fromkeys(implied(case.known_answers(answers), pregnancy=pregnancy), False)
    said |= {also: True for code, also in FEEDS.items() if said.get(code)}
    return said | {old: said[now] for old, now in MERGED.items() if now in said}


def rule_settings(practice: Practice) -> RuleSettings:
    """The practice's limits as the rules take them."""
    return RuleSettings(**practice.rule_settings)
