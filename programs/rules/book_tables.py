"""Rules from their TOML tables; every fault names rule, key and reason.

Pure. What a rule is made of says ``programs.rules.book``.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from clinic.parsing.errors import DefinitionError
from clinic.parsing.reader import Reader
from patients.response.situations import FOR_PATIENT, SITUATIONS
from programs.rules.book import EVIDENCE, LEVELS, Change, Clause, RuleDefinition, Words
from programs.rules.condition_tables import parse_case_test, parse_exercise_test
from programs.rules.conditions import CaseTest
from programs.rules.facts import RuleSettings
from programs.rules.trait_tests import ExerciseTest

PROGRAM_CHECKS: Final = frozenset(
    {
        "",
        "mixed_types",
        "prerequisite_present",
        "dosage_set",
        "log_each_session",
        "few_exercises",
        "three_exercises",
        "balance_present",
    }
)


OF_A_LIMIT: Final = ("operation", "limit", "degrees", "until", "move")
"""What a clause about a surgeon's limit may say of it."""
PLACEHOLDERS: Final = frozenset(
    {"side", "other", *OF_A_LIMIT} | {f.name for f in fields(RuleSettings)}
)


def parse_rule(table: Mapping[str, Any], sources: Mapping[str, str]) -> RuleDefinition:
    """Read one ``[[rule]]`` table; raise ``DefinitionError`` naming rule, key and reason."""
    where = f"rule {table.get('id', '?')}" if isinstance(table, Mapping) else "rule"
    r = Reader(table, where)
    level = r.choice("level", LEVELS, "exercise")
    source = r.text("source")
    for part in source.split(", "):
        if part not in sources:
            raise DefinitionError(f"{where}.source", f"'{part}' is not a known source")
    rule = RuleDefinition(
        id=r.text("id", longest=12),
        version=r.take("version", int),
        title=r.text("title", longest=160),
        level=level,
        source=source,
        item=r.text("item", ""),
        evidence=r.choice("evidence", EVIDENCE),
        clauses=r.tables("clause", lambda t, w: _parse_clause(t, w, level)),
        check=r.choice("check", PROGRAM_CHECKS, ""),
        reviewed_by=r.text("reviewed_by", ""),
        reviewed_on=r.text("reviewed_on", ""),
        changes=r.tables("change", _parse_change),
    )
    r.finish()
    if rule.version < 1:
        raise DefinitionError(f"{where}.version", "must be 1 or more")
    told = [change.version for change in rule.changes]
    if told != list(range(told[0] if told else rule.version + 1, rule.version + 1)):
        raise DefinitionError(f"{where}.change", "must end with this version, none left out")
    if rule.version > 1 and not told:
        raise DefinitionError(f"{where}.change", f"is missing for version {rule.version}")
    if not rule.clauses:
        raise DefinitionError(f"{where}.clause", "is missing")
    if (level == "program") != bool(rule.check):
        raise DefinitionError(f"{where}.check", "goes with level 'program', and only there")
    return rule


def _parse_change(table: Any, where: str) -> Change:
    r = Reader(table, where)
    change = Change(r.take("version", int), r.text("on"), r.text("what", longest=600))
    r.finish()
    try:
        dt.date.fromisoformat(change.on)
    except ValueError:
        raise DefinitionError(f"{where}.on", "must be a day like 2026-11-26") from None
    return change


def _parse_words(table: Any, where: str) -> Words:
    r = Reader(table, where)
    words = Words(
        exercise=parse_exercise_test(r.take("exercise", dict), f"{where}.exercise"),
        reason=_template(r, "reason", ""),
        patient=_template(r, "patient", ""),
        modification=_template(r, "modification", ""),
    )
    r.finish()
    if not (words.reason or words.patient or words.modification):
        raise DefinitionError(where, "says nothing")
    return words


def _parse_clause(table: Any, where: str, level: str) -> Clause:
    r = Reader(table, where)
    clause = Clause(
        verdict=r.choice("verdict", LEVELS[level]),
        case=parse_case_test(r.take("case", dict, {}), f"{where}.case"),
        exercise=parse_exercise_test(r.take("exercise", dict, {}), f"{where}.exercise"),
        reason=_template(r, "reason"),
        patient=_template(r, "patient", ""),
        modification=_template(r, "modification", ""),
        words=r.tables("words", _parse_words),
        when=r.choice("when", {"", *SITUATIONS}, ""),
        arm=_template(r, "arm", ""),
    )
    r.finish()
    _check_words(clause, where)
    if (level != "exercise" or clause.about_case) and clause.exercise != ExerciseTest():
        raise DefinitionError(f"{where}.exercise", "does not belong to a clause about the case")
    _check_log(clause, where, level)
    if clause.verdict == "preferred" and _mentions_finding(clause.case):
        raise DefinitionError(f"{where}.case", "a finding must not make an exercise preferred")
    return clause


def _check_words(clause: Clause, where: str) -> None:
    """Whatever exercise it may touch, it has a reason, and a change where it asks for one."""
    for n, spoken in enumerate(clause.spoken, start=1):
        at = where if not clause.words or n > len(clause.words) else f"{where}.words[{n}]"
        if clause.verdict != "adapt" and spoken.modification:
            raise DefinitionError(f"{at}.modification", "goes with verdict 'adapt', and only there")
        if clause.verdict == "adapt" and not spoken.modification:
            raise DefinitionError(f"{at}.modification", "is missing: say what to change")
        if clause.verdict in ("contraindicated", "adapt", "caution") and not spoken.patient:
            raise DefinitionError(f"{at}.patient", "is missing: say it for the patient too")
    if len(clause.spoken) > len(clause.words):
        return
    # Its own words say nothing of the rest, so every position must find its own.
    covered: frozenset[str] = frozenset()
    for w in clause.words:
        if w.exercise == ExerciseTest(positions=w.exercise.positions):
            covered |= w.exercise.positions
    left = clause.exercise.possible_positions() - covered
    if left:
        raise DefinitionError(f"{where}.words", f"cover no text for: {', '.join(sorted(left))}")


def _check_log(clause: Clause, where: str, level: str) -> None:
    """A clause about a log depends on the log alone, and says what the patient must hear."""
    if level != "log":
        if clause.when:
            raise DefinitionError(f"{where}.when", "goes with level 'log', and only there")
        return
    if clause.case != CaseTest():
        raise DefinitionError(f"{where}.case", "does not belong to a clause about a log")
    if clause.when in FOR_PATIENT and not clause.patient:
        raise DefinitionError(f"{where}.patient", "is missing: say it for the patient too")


def _mentions_finding(test: CaseTest) -> bool:
    return bool(test.findings) or any(_mentions_finding(t) for t in (*test.all, *test.any))


def _template(r: Reader, name: str, default: Any = ...) -> str:
    text: str = r.text(name, default, longest=600)
    for _, field, _, _ in string.Formatter().parse(text):
        if field is not None and field not in PLACEHOLDERS:
            raise DefinitionError(r.key(name), f"'{{{field}}}' is not a known placeholder")
    return text


def check_rules(rules: Iterable[RuleDefinition]) -> list[tuple[str, str, str]]:
    """Problems across rules: ``(id, key, reason)``."""
    seen: set[str] = set()
    problems = []
    for rule in rules:
        if rule.id in seen:
            problems.append((rule.id, "id", "is used twice"))
        seen.add(rule.id)
    return problems
