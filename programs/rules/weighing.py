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
from programs.rules.traits import Traits
from programs.rules.unsaid import led_for_clinician, led_for_patient
from programs.rules.unsaid_tests import meets, what_decides
from programs.rules.verdict import ActiveClause, Reason

NOTE: Final = -1
"""Severity of a clause that leaves a note and never changes the verdict."""


MOST_WORDS: Final = 100
"""Numbers kept for the choices of words of one clause."""


LATER: Final = 1_000_000_000
"""Added to the number of a clause that only may hold: what surely holds is said first."""


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


def touching(active: Iterable[ActiveClause], traits: Traits, side: str) -> list[ActiveClause]:
    """Those of the clauses that touch an exercise for a side, in the rules' order.

    One that only may, for something that nobody has said, says so.
    """
    out = []
    for a in active:
        if meets(a.clause.exercise, traits, side, a.about):
            out.append(a)
        elif names := may_touch(a.clause, traits, side, a.about):
            out.append(in_doubt(a, names))
    return sorted(out, key=lambda a: (a.number, a.about))


def may_touch(clause: Clause, traits: Traits, side: str, about: str) -> frozenset[str]:
    """What nobody has said, for which the clause may touch the exercise without surely doing so.

    Nothing is preferred for what is not known of it.
    """
    if not traits.unknown or clause.verdict == "preferred":
        return frozenset()
    return what_decides(clause.exercise, traits, side, about)


def in_doubt(a: ActiveClause, names: frozenset[str]) -> ActiveClause:
    """The clause as it speaks where it only may hold, for what nobody has said."""
    if a.truth is not Truth.YES:
        return a
    said = dataclasses.replace(
        a.said,
        reason=led_for_clinician(names, a.said.reason),
        patient=led_for_patient(names, a.said.patient),
    )
    return dataclasses.replace(a, number=a.number + LATER, said=said)


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
