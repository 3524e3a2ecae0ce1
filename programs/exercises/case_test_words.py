"""What a rule asks of a case, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from patients.vocabulary import (
    APPROACH_LABELS,
    IRRITABILITY_LABELS,
    PREFERENCE_LABELS,
    RESOURCES,
    STAGE_LABELS,
    WEIGHT_LABELS,
    Approach,
    Irritability,
    Preference,
    Stage,
    WeightBearing,
)
from programs.exercises.code_words import either, labels_of
from programs.rules.conditions import CaseTest
from programs.rules.facts import RULE_DEFAULTS, RuleSettings


def case_words(test: CaseTest, limits: RuleSettings = RULE_DEFAULTS) -> str:
    """A case test in words, with these numbers in it."""
    return "; ".join(_case_parts(test, limits))


def _case_parts(test: CaseTest, limits: RuleSettings) -> Iterator[str]:
    if test.conditions:
        where = {"one_side": ", on one side", "both_sides": ", on both sides or side unknown"}
        side = where.get(test.laterality, "")
        yield f"{labels_of(test.conditions)}{side}{_condition_limits(test, limits)}"
    if test.without:
        yield f"none of these recorded: {labels_of(test.without)}"
    if test.weight_bearing:
        orders = [WEIGHT_LABELS[WeightBearing(w)].lower() for w in sorted(test.weight_bearing)]
        yield "weight-bearing order: " + " or ".join(orders)
    if test.no_order:
        yield "no weight-bearing order recorded"
    if test.nerve_sign:
        yield "new weakness or spreading numbness in the log, not cleared"
    if test.no_condition:
        yield "no condition recorded"
    if test.findings:
        yield labels_of(test.findings)
    if test.red_flags:
        yield f"red flag: {labels_of(test.red_flags)}"
    if test.surgeries:
        yield labels_of(test.surgeries) + _surgery_limits(test, limits)
    if test.limits:
        yield "a surgeon's limit on a movement that still holds"
    if test.pregnant:
        yield "pregnant"
    if test.pregnancy_from:
        yield f"pregnant, week {limits.value(test.pregnancy_from)} or later"
    if test.postnatal_below:
        yield f"less than {limits.value(test.postnatal_below)} weeks after a birth"
    if test.age_below is not None:
        yield f"younger than {test.age_below}"
    if test.age_from is not None:
        yield f"{test.age_from} or older"
    if test.resources:
        yield "at home: " + either(RESOURCES[r].lower() for r in test.resources)
    if test.lacks:
        yield "not at home: " + either(RESOURCES[r].lower() for r in test.lacks)
    if test.preferences:
        labels = [PREFERENCE_LABELS[Preference(p)] for p in sorted(test.preferences)]
        yield "directional preference: " + " or ".join(labels)
    if test.irritability:
        labels = [IRRITABILITY_LABELS[Irritability(i)] for i in sorted(test.irritability)]
        yield "irritability: " + " or ".join(labels)
    for part in test.all:
        yield f"and {case_words(part, limits)}"
    if test.any:
        yield "one of: " + " / ".join(case_words(part, limits) for part in test.any)


def _condition_limits(test: CaseTest, limits: RuleSettings) -> str:
    text = ""
    if test.stages:
        text += f", {either(STAGE_LABELS[Stage(s)].lower() for s in test.stages)}"
    if test.since_below:
        text += f", less than {limits.value(test.since_below)} weeks ago or not known"
    return text


def _surgery_limits(test: CaseTest, limits: RuleSettings) -> str:
    text = " (large tear or size not known)" if test.large else ""
    if test.approaches:
        labels = [APPROACH_LABELS[Approach(a)].lower() for a in sorted(test.approaches)]
        text += f" ({' or '.join(labels)})"
    if test.weeks_below:
        text += f" less than {limits.value(test.weeks_below)} weeks ago"
    return text + (", limits not lifted by the surgeon" if test.not_cleared else "")
