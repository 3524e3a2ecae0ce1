"""docs/rules.md: every rule in words, generated from the data so that it cannot drift.

Pure. ``manage.py document_rules`` writes the page; a test holds the file equal to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from patients.response.situations import SITUATIONS
from patients.vocabulary import (
    APPROACH_LABELS,
    CONDITIONS,
    FINDINGS,
    IRRITABILITY_LABELS,
    PREFERENCE_LABELS,
    RED_FLAGS,
    RESOURCES,
    STAGE_LABELS,
    SURGERIES,
    WEIGHT_LABELS,
    Approach,
    Irritability,
    Preference,
    Stage,
    WeightBearing,
)
from programs.exercises.catalogue_files import Content
from programs.rules import traits as t
from programs.rules.book import EVIDENCE, VERDICT_LABELS, Clause, RuleDefinition, Words
from programs.rules.book_tables import OF_A_LIMIT
from programs.rules.conditions import CaseTest
from programs.rules.facts import RuleSettings
from programs.rules.trait_tests import ExerciseTest, MovementTest

LEVEL_TITLES = {
    "exercise": "Rules that judge an exercise",
    "case": "Rules about the case",
    "program": "Rules about the program as a whole",
    "log": "Rules about what a patient logs",
}
VERDICT_WORDS = {
    **VERDICT_LABELS,
    "info": "Note",
    "urgent": "Urgent: stops prescribing",
    "refer": "Refer",
}
DEFAULTS = RuleSettings()


def page(content: Content) -> str:
    """The whole page as Markdown."""
    return "\n".join(_lines(content)).rstrip() + "\n"


def _lines(content: Content) -> Iterator[str]:
    yield "# The rules"
    yield ""
    yield (
        "Generated from `programs/catalogue/rules/` by `python manage.py document_rules`; "
        "do not edit by hand."
    )
    yield ""
    yield (
        "No rule has been signed off by a registered physiotherapist yet, unless its table says so."
        " The weeks below are defaults that a practice can change."
    )
    for level, title in LEVEL_TITLES.items():
        rules = [r for r in content.rules if r.level == level]
        if rules:
            yield from ("", f"## {title}", "")
            for rule in rules:
                yield from _rule(rule)
    yield from ("## To be looked up first", "")
    yield "These rules rest on memory or on a doubtful source. Review them before the others."
    yield ""
    for rule in content.rules:
        if rule.evidence == "unchecked":
            yield f"- {rule.id} · {rule.title}"
    yield from ("", "## Codes without a rule", "")
    for code, reason in content.unused_codes.items():
        yield f"- {_label(code)}: {reason}"
    yield from ("", "## Sources", "", "| Id | Source |", "|---|---|")
    for code, words in content.sources.items():
        yield f"| {code} | {words} |"


def _rule(rule: RuleDefinition) -> Iterator[str]:
    yield f"### {rule.id} · {rule.title}"
    yield ""
    place = f", {rule.item}" if rule.item else ""
    review = f"reviewed by {rule.reviewed_by} on {rule.reviewed_on}"
    yield (
        f"Version {rule.version} · source {rule.source}{place} · {EVIDENCE[rule.evidence].lower()}"
        f" · {review if rule.reviewed_by else 'not yet reviewed'}"
    )
    yield ""
    for clause in rule.clauses:
        yield from _clause(clause, rule.level)
    for change in reversed(rule.changes):
        yield f"- Version {change.version}, {change.on}: {change.what}"
    yield ""


def _clause(clause: Clause, level: str) -> Iterator[str]:
    yield f"- **{VERDICT_WORDS[clause.verdict]}**"
    if level == "log":
        yield f"  - Log: {SITUATIONS[clause.when].seen if clause.when else 'advice only'}"
    else:
        yield f"  - Case: {case_words(clause.case) or 'any'}"
    if level == "exercise" and not clause.about_case:
        yield f"  - Exercise: {exercise_words(clause.exercise) or 'any'}"
    yield f"  - For the clinician: {_filled(clause.reason)}"
    if clause.patient:
        yield f"  - For the patient: {_filled(clause.patient)}"
    if clause.arm:
        yield f"  - For a patient with neck and arm: {_filled(clause.arm)}"
    if clause.modification:
        yield f"  - How to adapt it: {_filled(clause.modification)}"
    for words in clause.words:
        yield f"  - Other words where the exercise has: {exercise_words(words.exercise)}"
        yield from _other_words(words)


def _other_words(words: Words) -> Iterator[str]:
    if words.reason:
        yield f"    - For the clinician: {_filled(words.reason)}"
    if words.patient:
        yield f"    - For the patient: {_filled(words.patient)}"
    if words.modification:
        yield f"    - How to adapt it: {_filled(words.modification)}"


def _filled(text: str) -> str:
    """The words with default settings; sides stay in brackets."""
    words: dict[str, object] = {n: getattr(DEFAULTS, n) for n in DEFAULTS.__slots__}
    limit = {name: f"[{name}]" for name in OF_A_LIMIT}
    return text.format_map({**words, **limit, "side": "[that]", "other": "[other]"})


def case_words(test: CaseTest, limits: RuleSettings = DEFAULTS) -> str:
    """A case test in words, with these numbers in it."""
    return "; ".join(_case_parts(test, limits))


def _case_parts(test: CaseTest, limits: RuleSettings) -> Iterator[str]:
    if test.conditions:
        where = {"one_side": ", on one side", "both_sides": ", on both sides or side unknown"}
        side = where.get(test.laterality, "")
        yield f"{_labels(test.conditions)}{side}{_condition_limits(test, limits)}"
    if test.without:
        yield f"none of these recorded: {_labels(test.without)}"
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
        yield _labels(test.findings)
    if test.red_flags:
        yield f"red flag: {_labels(test.red_flags)}"
    if test.surgeries:
        yield _labels(test.surgeries) + _surgery_limits(test, limits)
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
        yield "at home: " + _or(RESOURCES[r].lower() for r in test.resources)
    if test.lacks:
        yield "not at home: " + _or(RESOURCES[r].lower() for r in test.lacks)
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
        text += f", {_or(STAGE_LABELS[Stage(s)].lower() for s in test.stages)}"
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


def exercise_words(test: ExerciseTest) -> str:
    """An exercise test in words."""
    return "; ".join(_exercise_parts(test))


def _exercise_parts(test: ExerciseTest) -> Iterator[str]:
    if test.kinds:
        yield "kind: " + _or(t.KINDS[k].lower() for k in test.kinds)
    if test.phases:
        yield "purpose: " + _or(t.PURPOSES[p].lower() for p in test.phases)
    if test.positions:
        yield "position: " + _or(t.POSITIONS[p].lower() for p in test.positions)
    if test.flags:
        yield _or(t.FLAGS[f].lower() for f in test.flags)
    for flag in sorted(test.flags_all):
        yield t.FLAGS[flag].lower()
    plain = (
        ("pressure", test.pressures),
        ("touches", test.contacts),
        ("breathing", test.breathing),
        ("treatment", test.modalities),
        ("about", test.topics),
        ("effort", test.efforts),
        ("load on the spine", test.spine_loads),
        ("weight on the arms", test.arm_loads),
        ("load on the neck", test.neck_loads),
        ("weight on a leg", test.leg_loads),
        ("balance", test.balances),
        ("resistance", test.external_loads),
        ("nerve", test.nerve_tensions),
        ("region", test.regions),
    )
    for name, values in plain:
        if values:
            yield f"{name}: " + _or(v.replace("_", " ") for v in values)
    if test.helper:
        yield "needs a helper"
    if test.on_bed is not None:
        yield "can be done on a bed" if test.on_bed else "cannot be done on a bed"
    if test.affected:
        yield f"the {test.affected} of that side bears weight"
    if test.untold:
        yield "the limb works, and may pass the limit without the exercise saying how far it bends"
    if test.treated:
        yield "treated side is " + ("that side" if test.treated == "same" else "the other side")
    for movement in test.movements:
        yield _movement_words(movement)
    for part in test.all:
        yield f"and {exercise_words(part)}"
    if test.any:
        yield "one of: " + " / ".join(exercise_words(part) for part in test.any)
    for part in test.none:
        yield f"but not {exercise_words(part)}"


def _movement_words(m: MovementTest) -> str:
    if m.limited:
        far = "beyond its degrees, or degrees not known" if m.limited == "passed" else "not known"
        return f"the movement that the limit names, {far}"
    parts = _or(p.replace("_", " ") for p in m.parts) or "any joint"
    text = f"{parts} {_or(d.replace('_', ' ') for d in m.directions) or 'movement'}"
    relations = {
        "toward": " toward that side",
        "away": " away from that side",
        "affected": " of that side",
    }
    text += relations.get(m.relation, "")
    if m.ranges:
        text += f", {_or(m.ranges)} range"
    if m.modes:
        text += f", {_or(m.modes)}"
    if m.above_degrees is not None:
        text += f", beyond {m.above_degrees} degrees"
    return text


def _or(values: Iterable[str]) -> str:
    return " or ".join(sorted(values))


def _labels(codes: Iterable[str]) -> str:
    return _or(_label(code) for code in codes)


def _label(code: str) -> str:
    for table in (CONDITIONS, FINDINGS, RED_FLAGS, SURGERIES):
        if code in table:
            label: str = table[code].label
            return label
    raise KeyError(code)
