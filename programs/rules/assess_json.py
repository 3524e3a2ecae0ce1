"""The ``assess`` contract: one case as JSON in, the rules' answer as JSON out.

Pure. Same input, same bytes. The command ``manage.py assess`` is a thin shell around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clinic.parsing.errors import FactsError, one_line
from clinic.parsing.reader import read_json, write_json
from programs.rules.book import RuleDefinition
from programs.rules.case_json import parse_case
from programs.rules.case_level import CaseAssessment, assess_case
from programs.rules.engine import Assessment, Engine
from programs.rules.facts import RULE_DEFAULTS, RuleSettings
from programs.rules.traits import Traits
from programs.rules.verdict import Reason


def assess(
    data: bytes,
    rules: Sequence[RuleDefinition],
    entries: Mapping[str, Traits],
    *,
    only: Iterable[str] | None = None,
    settings: RuleSettings = RULE_DEFAULTS,
) -> str:
    """The answer as a JSON text with a final newline.

    Raises :class:`FactsError` with one line that names the key and the allowed values.
    """
    wanted = None if only is None else list(only)
    for slug in wanted or ():
        if slug not in entries:
            allowed = ", ".join(entries)
            raise FactsError("--exercise", f"'{one_line(slug)}' is not known; allowed: {allowed}")
    case = parse_case(read_json(data, "the case", FactsError))
    chosen = entries if wanted is None else {s: entries[s] for s in entries if s in set(wanted)}
    found = Engine(rules, chosen).assess(case, settings)
    answer = {
        "case": case_to_dict(assess_case(rules, case, settings)),
        "assessments": [assessment_to_dict(a) for a in found],
    }
    return write_json(answer)


def assessment_to_dict(a: Assessment) -> dict[str, Any]:
    """One assessment in the contract's form; ``side`` is null for an exercise without sides."""
    return {
        "exercise": a.exercise,
        "side": a.side or None,
        "verdict": a.verdict,
        "reasons": [reason_to_dict(r) for r in a.reasons],
        "unanswered": list(a.unanswered),
        "missing": list(a.missing),
    }


def reason_to_dict(r: Reason) -> dict[str, Any]:
    """One reason in the contract's form."""
    return {
        "rule": r.rule,
        "verdict": r.verdict,
        "reason": r.reason,
        "modification": r.modification,
        "source": r.source,
        "evidence": r.evidence,
        "version": r.version,
    }


def case_to_dict(c: CaseAssessment) -> dict[str, Any]:
    """The case's own part: urgent and refer list reasons with the facts that led there."""
    return {
        "stopped": c.stopped,
        "urgent": [{**reason_to_dict(r), "facts": list(r.facts)} for r in c.urgent],
        "refer": [{**reason_to_dict(r), "facts": list(r.facts)} for r in c.refer],
    }
