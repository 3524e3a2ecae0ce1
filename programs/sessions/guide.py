"""What the rules say to each situation, and what a response needs to know of an exercise.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from patients.response import (
    Advice,
    Guide,
    Item,
    Proposal,
    Response,
    ResponseSettings,
    StandingAlert,
)
from patients.response.situations import FOR_PATIENT, SITUATIONS
from patients.vocabulary import Chain
from programs.exercises.definition import Definition
from programs.rules.book import RuleDefinition


def guide(
    rules: Iterable[RuleDefinition],
    settings: ResponseSettings,
    chain: Chain | None = Chain.LEG,
) -> Guide:
    """What the rules say to each situation, with the practice's limits filled in."""
    ids: dict[str, list[str]] = {code: [] for code in SITUATIONS}
    words: dict[str, str] = {}
    limits = {f.name: getattr(settings, f.name) for f in fields(settings)}
    for rule in sorted(rules, key=lambda r: r.id):
        for clause in rule.clauses:
            if clause.when:
                ids[clause.when].append(rule.id)
                if clause.patient and clause.when in FOR_PATIENT:
                    said = (chain is Chain.ARM and clause.arm) or clause.patient
                    words.setdefault(clause.when, said.format_map(limits))
    return {code: Advice(tuple(ids[code]), words.get(code, "")) for code in SITUATIONS}


def item_of(name: str, definition: Definition, sessions_per_week: int) -> Item:
    """What a response needs to know of a prescribed exercise; a back held as it is bends no way.

    Where nobody has said what moves, it may bend both ways: it is watched, and speaks for neither.
    """
    traits = definition.traits
    still = "" if "mode" in traits.unknown else "posture"
    moves = [m for m in traits.movements if m.part == "lumbar" and m.mode != still]
    ways = {m.direction for m in moves}
    if "movements" in traits.unknown:
        ways |= {"extension", "flexion"}
    return Item(
        id=name,
        name=definition.name,
        sessions_per_week=sessions_per_week,
        extends="extension" in ways,
        flexes="flexion" in ways,
        sided=traits.sided,
        rise=definition.transient_rise,
    )


def response_to_dict(r: Response) -> dict[str, Any]:
    """The answer in the contract's form."""
    return {
        "patient": {
            "outcome": r.outcome,
            "items": list(r.items),
            "reason": r.reason,
            "rules": list(r.rules),
        },
        "trend": r.trend,
        "paused": list(r.paused),
        "alerts": [{"code": a.code, "urgency": a.urgency, **_rest(a)} for a in r.alerts],
        "proposals": [{"code": p.code, **_rest(p)} for p in r.proposals],
    }


def _rest(row: StandingAlert | Proposal) -> dict[str, Any]:
    return {"item": row.item, "facts": dict(row.facts), "rules": list(row.rules)}
