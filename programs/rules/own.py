"""A practice's own say over a rule: stricter, or switched off. Pure.

A contraindication never vanishes: switched off, it leaves a caution that says who did so, when and
why, and that is accepted by name each time. What was a caution or an adaptation leaves a note. What
speaks of an emergency or a referral stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from programs.rules.book import VERDICT_LABELS, Clause, RuleDefinition, Words

AS_WRITTEN: Final = "as_written"
STRICTER: Final = "stricter"
OFF: Final = "off"
WAY_LABELS: Final = {
    AS_WRITTEN: "As written",
    STRICTER: "Stricter: what it asks care for counts as “not for this patient”",
    OFF: "Switched off",
}
GENTLY: Final = "Go gently with this one. Stop and ask us if it does not feel right."
"""What a patient reads where a contraindication was switched off."""
_CAREFUL: Final = frozenset({"caution", "adapt"})


@dataclass(frozen=True, slots=True)
class OwnSay:
    """What a practice decided about one rule: how, why, who, and on which day in words."""

    way: str
    reason: str
    by: str
    on: str


def ways_of(rule: RuleDefinition) -> tuple[str, ...]:
    """How this rule can be kept by a practice."""
    ways = [AS_WRITTEN]
    if rule.level == "exercise" and any(clause.verdict in _CAREFUL for clause in rule.clauses):
        ways.append(STRICTER)
    if rule.level in ("exercise", "program") and not any(c.about_case for c in rule.clauses):
        ways.append(OFF)
    return tuple(ways)


def with_say(rule: RuleDefinition, say: OwnSay) -> RuleDefinition | None:
    """The rule as it holds in the practice; none where nothing of it is left to say."""
    if say.way not in ways_of(rule) or say.way == AS_WRITTEN:
        return rule
    change = _stricter if say.way == STRICTER else _softer
    found = (change(clause, say) for clause in rule.clauses)
    clauses = tuple(clause for clause in found if clause is not None)
    return replace(rule, clauses=clauses) if clauses else None


def _stricter(clause: Clause, say: OwnSay) -> Clause:
    if clause.verdict not in _CAREFUL:
        return clause
    end = f" Stricter in this practice ({_who(say)}): {_plain(say.reason)}"
    return _said(clause, "contraindicated", lambda words: f"{words}{end}")


def _softer(clause: Clause, say: OwnSay) -> Clause | None:
    label = VERDICT_LABELS.get(clause.verdict, "")
    start = f"Switched off in this practice ({_who(say)}): {_plain(say.reason)} Else “{label}”: "
    if clause.verdict == "contraindicated":
        return _said(clause, "caution", lambda words: f"{start}{words}", GENTLY)
    if clause.verdict in _CAREFUL:
        return _said(clause, "info", lambda words: f"{start}{words}")
    return None


def _said(
    clause: Clause, verdict: str, reason: Callable[[str], str], patient: str | None = None
) -> Clause:
    """The clause with another verdict and reason; what was to be changed is not asked any more."""
    words = tuple(
        Words(
            exercise=other.exercise,
            reason=reason(other.reason) if other.reason else "",
            patient=other.patient if patient is None else "",
        )
        for other in clause.words
    )
    return replace(
        clause,
        verdict=verdict,
        reason=reason(clause.reason),
        patient=clause.patient if patient is None else patient,
        modification="",
        words=words,
    )


def _who(say: OwnSay) -> str:
    return _no_braces(f"{say.by}, {say.on}")


def _plain(text: str) -> str:
    """Somebody's words as a sentence."""
    text = _no_braces(text).strip()
    return text if text.endswith((".", "!", "?", ")")) else f"{text}."


def _no_braces(text: str) -> str:
    """What a rule says has places to fill in, marked by braces; somebody's words have none."""
    return text.translate({ord("{"): "(", ord("}"): ")"})
