"""docs/rules.md: every rule in words, generated from the data so that it cannot drift.

Pure. ``manage.py document_rules`` writes the page; a test holds the file equal to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from patients.response.situations import SITUATIONS
from programs.exercises.case_test_words import case_words
from programs.exercises.catalogue_files import Content
from programs.exercises.code_words import label_of
from programs.exercises.exercise_test_words import exercise_words
from programs.rules.book import EVIDENCE, VERDICT_LABELS, Clause, RuleDefinition, Words
from programs.rules.book_tables import OF_A_LIMIT
from programs.rules.facts import RULE_DEFAULTS

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
        yield f"- {label_of(code)}: {reason}"
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
    words: dict[str, object] = {n: getattr(RULE_DEFAULTS, n) for n in RULE_DEFAULTS.__slots__}
    limit = {name: f"[{name}]" for name in OF_A_LIMIT}
    return text.format_map({**words, **limit, "side": "[that]", "other": "[other]"})
