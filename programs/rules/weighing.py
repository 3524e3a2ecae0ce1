"""Which clauses speak for a case, and what they come to for one exercise and side.

Pure. A clause that holds gives a reason; the worst reason is the verdict. One that is undecided
gives none, but its open questions are named where their answer could make the verdict worse.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from patients.vocabulary import LIMITED_MOVEMENTS, surgery_text
from programs.rules.book import SEVERITY, Clause, RuleDefinition
from programs.rules.conditions import Truth
from programs.rules.facts import OPPOSITE, CaseFacts, RuleSettings
from programs.rules.verdict import ActiveClause, Reason

NOTE: Final = -1
"""Severity of a clause that leaves a note and never changes the verdict."""


MOST_WORDS: Final = 100
"""Numbers kept for the choices of words of one clause."""


BY_SEVERITY: Final = {severity: verdict for verdict, severity in SEVERITY.items()}


Outcome = tuple[str, tuple[Reason, ...], tuple[str, ...], tuple[Reason, ...]]
"""Verdict, reasons, unanswered findings, notes."""


def active_clauses(
    rules: Iterable[RuleDefinition], case: CaseFacts, settings: RuleSettings
) -> list[ActiveClause]:
    """Exercise clauses whose case condition holds or is undecided, once a side they are about.

    A clause that holds is there once for each choice of its words, in their order.
    """
    words = {about: words_about(about, settings) for about in ("", "left", "right")}
    known = case.said
    out: list[ActiveClause] = []
    number = 0
    for rule in rules:
        if rule.level != "exercise":
            continue
        for clause in rule.clauses:
            number += MOST_WORDS
            if clause.about_case:
                continue
            severity = SEVERITY.get(clause.verdict, NOTE)
            for side in ("left", "right") if clause.relative else ("",):
                found = clause.case.evaluate(case, settings, side)
                if found.truth is Truth.NO:
                    continue
                if found.truth is Truth.UNKNOWN:
                    # It says nothing yet, so its words need not be chosen.
                    said = _unsaid(rule.id)
                    out.append(
                        ActiveClause(
                            number, clause, side, found.truth, found.unknown, severity, said
                        )
                    )
                    continue
                for n, (spoken, filled) in enumerate(_told(clause, case, side, words), number):
                    said = reason_of(rule, spoken, filled, known)
                    out.append(
                        ActiveClause(n, spoken, side, found.truth, found.unknown, severity, said)
                    )
    return out


def _told(
    clause: Clause, case: CaseFacts, side: str, words: Mapping[str, Mapping[str, object]]
) -> Iterator[tuple[Clause, Mapping[str, object]]]:
    """Each choice of its words, and what they are filled with; all of them for each limit."""
    if not clause.case.limits:
        yield from ((spoken, words[side]) for spoken in clause.spoken)
        return
    for surgery, limit in case.limits(side):
        filled = {
            **words[side],
            "operation": surgery_text(surgery.code, surgery.side),
            "limit": LIMITED_MOVEMENTS[limit.movement].lower(),
            "degrees": limit.degrees,
            "until": limit.until,
            "move": limit.move(side),
        }
        for spoken in clause.spoken:
            yield dataclasses.replace(spoken, exercise=spoken.exercise.within(limit)), filled


@cache
def _unsaid(rule: str) -> Reason:
    """What a clause says while it is undecided: nothing but whose it is."""
    return Reason(rule, 0, "", "", "", "", "", "", "", reviewed=False)


def weigh(touching: Sequence[ActiveClause]) -> Outcome:
    """Worst verdict wins; ``preferred`` only where nothing worse matched.

    ``touching``: the active clauses that touch an exercise, in the rules' order.
    """
    holding = [a for a in touching if a.truth is Truth.YES]
    reasons = [a.said for a in holding if a.severity != NOTE]
    notes = [a.said for a in holding if a.severity == NOTE]
    worst = max((a.severity for a in holding if a.severity != NOTE), default=SEVERITY["ok"])
    unanswered: set[str] = set()
    for a in touching:
        if a.truth is Truth.UNKNOWN and a.severity > worst:
            unanswered |= a.unknown
    return (
        BY_SEVERITY[worst],
        one_per_rule(reasons),
        tuple(sorted(unanswered)),
        one_per_rule(notes),
    )


def one_per_rule(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Worst clause of each rule; worst first, then by rule id."""
    best: dict[str, Reason] = {}
    for r in reasons:
        if r.rule not in best or _severity(r) > _severity(best[r.rule]):
            best[r.rule] = r
    return tuple(sorted(best.values(), key=lambda r: (-_severity(r), r.rule)))


def _severity(reason: Reason) -> int:
    return SEVERITY.get(reason.verdict, NOTE)


def reason_of(
    rule: RuleDefinition, clause: Clause, words: Mapping[str, object], known: frozenset[str]
) -> Reason:
    """``known``: every code that is recorded or answered yes."""
    return Reason(
        rule=rule.id,
        version=rule.version,
        verdict=clause.verdict,
        reason=_filled(clause.reason, words),
        patient=_filled(clause.patient, words),
        modification=_filled(clause.modification, words),
        source=rule.source,
        item=rule.item,
        evidence=rule.evidence,
        reviewed=bool(rule.reviewed_by),
        facts=tuple(sorted(clause.codes & known)),
        note=rule.note,
    )


def _filled(text: str, words: Mapping[str, object]) -> str:
    return text.format_map(words) if "{" in text else text


def words_about(about: str, settings: RuleSettings) -> dict[str, object]:
    """What the placeholders of a rule's words stand for."""
    words: dict[str, object] = {
        f.name: getattr(settings, f.name) for f in dataclasses.fields(settings)
    }
    words["side"] = about or "affected"
    words["other"] = OPPOSITE.get(about, "other")
    return words
