"""The case in a few words, for the head of the builder."""

from __future__ import annotations

from patients.vocabulary import (
    FINDINGS,
    PREFERENCE_LABELS,
    WEIGHT_LABELS,
    Preference,
    WeightBearing,
    condition_text,
    surgery_text,
)
from programs.verdicts.judgement import Judgement


def about_case(judgement: Judgement) -> list[str]:
    """Conditions, operations with weeks, pregnancy, findings and direction: what the rules see."""
    facts = judgement.facts
    lines = [condition_text(c.code, c.side, c.stage) for c in facts.conditions]
    for surgery in facts.surgeries:
        words = surgery_text(surgery.code, surgery.side, surgery.approach, surgery.tear_size)
        if surgery.weeks_ago is not None:
            words += f", {surgery.weeks_ago} week{'' if surgery.weeks_ago == 1 else 's'} ago"
        lines.append(words)
        lines += [f"Limit: {m}" for m in surgery.limits if m.holds(surgery.weeks_ago)]
    for side, order in facts.weight_bearing.items():
        lines.append(f"Weight on the {side} leg: {WEIGHT_LABELS[WeightBearing(order)].lower()}")
    if facts.pregnancy_weeks is not None:
        lines.append(f"Pregnant, week {facts.pregnancy_weeks}")
    if facts.directional_preference != Preference.UNTESTED:
        words = PREFERENCE_LABELS[Preference(facts.directional_preference)]
        lines.append(f"Direction: {words[:1].lower()}{words[1:]}")
    lines += [FINDINGS[code].label for code, yes in facts.findings.items() if yes]
    return lines
