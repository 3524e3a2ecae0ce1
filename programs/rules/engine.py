"""The rules at work: frozen facts in, frozen verdicts out.

Pure. :func:`judge` is the plain meaning of the rules for one exercise and side. :class:`Engine`
gives the same answers for a whole catalogue at once: it works out beforehand which exercises each
clause can touch, so that a request only has to ask the case which clauses hold.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from patients.vocabulary import STOPPING_ROUTES, routes_of
from programs.rules.book import SEVERITY, Clause, RuleDefinition
from programs.rules.conditions import Truth
from programs.rules.facts import OPPOSITE, CaseFacts, RuleSettings
from programs.rules.sweep import spread, sweep
from programs.rules.traits import Traits
from programs.rules.verdict import ActiveClause, Reason

RULE_DEFAULTS: Final = RuleSettings()
NOTE: Final = -1
"""Severity of a clause that leaves a note and never changes the verdict."""
MOST_WORDS: Final = 100
"""Numbers kept for the choices of words of one clause."""
BY_SEVERITY: Final = {severity: verdict for verdict, severity in SEVERITY.items()}


class Assessment(NamedTuple):
    """The verdict on one exercise, done for one side (empty where it has no side).

    ``reasons``: worst first, then by rule id. ``unanswered``: unknown findings whose answer could
    make the verdict worse. ``missing``: what it needs and the patient lacks. ``notes``: advice
    that does not change the verdict.
    """

    exercise: str
    side: str
    verdict: str
    reasons: tuple[Reason, ...]
    unanswered: tuple[str, ...]
    missing: tuple[str, ...]
    notes: tuple[Reason, ...]


_Weighed = tuple[str, tuple[Reason, ...], tuple[str, ...], tuple[Reason, ...]]
"""Verdict, reasons, unanswered findings, notes."""


@dataclass(frozen=True, slots=True)
class CaseAssessment:
    """What the rules say of the case itself. ``stopped``: nothing may be issued."""

    stopped: bool
    urgent: tuple[Reason, ...]
    refer: tuple[Reason, ...]
    notes: tuple[Reason, ...]


def sides_of(traits: Traits) -> tuple[str, ...]:
    """The sides an exercise is assessed for: left and right, or one empty side."""
    return ("left", "right") if traits.sided else ("",)


def assess_case(
    rules: Iterable[RuleDefinition], case: CaseFacts, settings: RuleSettings = RULE_DEFAULTS
) -> CaseAssessment:
    """What case-level rules say: urgent flags, referrals and notes."""
    found: dict[str, list[Reason]] = {"urgent": [], "refer": [], "info": []}
    words = _words("", settings)
    for rule in rules:
        for clause in rule.clauses:
            if rule.level != "case" and not clause.about_case:
                continue
            if clause.case.evaluate(case, settings).truth is Truth.YES:
                found[clause.verdict].append(_reason(rule, clause, words, case.said))
    urgent = {reason.rule for reason in found["urgent"]}
    return CaseAssessment(
        stopped=is_stopped(case),
        urgent=_one_per_rule(found["urgent"]),
        refer=_one_per_rule(r for r in found["refer"] if r.rule not in urgent),
        notes=_one_per_rule(found["info"]),
    )


def is_stopped(case: CaseFacts) -> bool:
    """Whether a red flag stops prescribing, alone or with others; a cleared one is no yes."""
    yes = [c for c, said in (*case.red_flags.items(), *case.findings.items()) if said]
    routes = routes_of(yes, [c.code for c in case.conditions]) if yes else {}
    return any(route in STOPPING_ROUTES for route in routes.values())


def judge(
    rules: Iterable[RuleDefinition],
    case: CaseFacts,
    slug: str,
    traits: Traits,
    side: str,
    settings: RuleSettings = RULE_DEFAULTS,
) -> Assessment:
    """The verdict on one exercise for one side: the rules' plain meaning."""
    active = sorted(_active(rules, case, settings), key=lambda a: (a.number, a.about))
    touching = [a for a in active if a.clause.exercise.matches(traits, side, a.about)]
    verdict, reasons, unanswered, notes = _weigh(touching)
    missing = tuple(r for r in traits.required if r not in case.resources)
    return Assessment(slug, side, verdict, reasons, unanswered, missing, notes)


def _active(
    rules: Iterable[RuleDefinition], case: CaseFacts, settings: RuleSettings
) -> list[ActiveClause]:
    """Exercise clauses whose case condition holds or is undecided, once a side they are about.

    A clause that holds is there once for each choice of its words, in their order.
    """
    words = {about: _words(about, settings) for about in ("", "left", "right")}
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
                for n, spoken in enumerate(clause.spoken, start=number):
                    said = _reason(rule, spoken, words[side], known)
                    out.append(
                        ActiveClause(n, spoken, side, found.truth, found.unknown, severity, said)
                    )
    return out


@cache
def _unsaid(rule: str) -> Reason:
    """What a clause says while it is undecided: nothing but whose it is."""
    return Reason(rule, 0, "", "", "", "", "", "", "", reviewed=False)


def _weigh(touching: Sequence[ActiveClause]) -> _Weighed:
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
        _one_per_rule(reasons),
        tuple(sorted(unanswered)),
        _one_per_rule(notes),
    )


def _one_per_rule(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Worst clause of each rule; worst first, then by rule id."""
    best: dict[str, Reason] = {}
    for r in reasons:
        if r.rule not in best or _severity(r) > _severity(best[r.rule]):
            best[r.rule] = r
    return tuple(sorted(best.values(), key=lambda r: (-_severity(r), r.rule)))


def _severity(reason: Reason) -> int:
    return SEVERITY.get(reason.verdict, NOTE)


def _reason(
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
    )


def _filled(text: str, words: Mapping[str, object]) -> str:
    return text.format_map(words) if "{" in text else text


def _words(about: str, settings: RuleSettings) -> dict[str, object]:
    """What the placeholders of a rule's words stand for."""
    words: dict[str, object] = {
        f.name: getattr(settings, f.name) for f in dataclasses.fields(settings)
    }
    words["side"] = about or "affected"
    words["other"] = OPPOSITE.get(about, "other")
    return words


class Engine:
    """The rules over a catalogue, made ready once and asked many times.

    ``entries``: slug → traits, in catalogue order. Answers equal :func:`judge`, exercise by
    exercise, left before right.
    """

    def __init__(self, rules: Sequence[RuleDefinition], entries: Mapping[str, Traits]) -> None:
        self.rules = tuple(rules)
        self.entries = dict(entries)
        self._units = [(slug, t, s) for slug, t in self.entries.items() for s in sides_of(t)]
        self._required = [t.required for _, t, _ in self._units]
        self._slices = self._unit_slices()
        self._touched: dict[tuple[int, str], int] = {}

    def _unit_slices(self) -> dict[str, tuple[int, ...]]:
        out: dict[str, list[int]] = defaultdict(list)
        for i, (slug, _, _) in enumerate(self._units):
            out[slug].append(i)
        return {slug: tuple(rows) for slug, rows in out.items()}

    def _units_touched(self, clause: Clause, about: str) -> int:
        """Units whose traits match a clause about one side, spread; worked out once."""
        key = (id(clause), about)
        if key not in self._touched:
            matching = (
                i for i, (_, t, s) in enumerate(self._units) if clause.exercise.matches(t, s, about)
            )
            self._touched[key] = spread(matching, len(self._units))
        return self._touched[key]

    def warm(self) -> Engine:
        """Work out every match now, so that the first request is as fast as the rest."""
        for rule in self.rules:
            for clause in rule.clauses if rule.level == "exercise" else ():
                for about in ("left", "right") if clause.relative else ("",):
                    for spoken in (clause, *clause.spoken):
                        self._units_touched(spoken, about)
        return self

    def assess(
        self,
        case: CaseFacts,
        settings: RuleSettings = RULE_DEFAULTS,
        only: Iterable[str] | None = None,
    ) -> list[Assessment]:
        """Every exercise (or ``only`` these slugs) and side, in catalogue order.

        Raises ``KeyError`` for a slug that is not in the catalogue.
        """
        wanted = range(len(self._units)) if only is None else self._rows(only)
        active = _active(self.rules, case, settings)
        heard = [(a, self._units_touched(a.clause, a.about)) for a in active]
        weighed = sweep(heard, len(self._units))
        lacking = {
            required: tuple(r for r in required if r not in case.resources)
            for required in set(self._required)
        }
        out = []
        for i in wanted:
            slug, _, side = self._units[i]
            reasons, notes, unanswered = weighed[i]
            verdict = reasons[0].verdict if reasons else "ok"
            missing = lacking[self._required[i]]
            out.append(Assessment(slug, side, verdict, reasons, unanswered, missing, notes))
        return out

    def _rows(self, only: Iterable[str]) -> list[int]:
        wanted = dict.fromkeys(only)
        return sorted(i for slug in wanted for i in self._slices[slug])


def sensible_side(case: CaseFacts, found: Sequence[Assessment]) -> str:
    """The side to offer first: the better verdict, then the side of the complaint.

    ``found``: the assessments of one sided exercise. Source of the tie rule: S0 step 2 and 3 and
    S2 (work on the affected side first).
    """
    complaint = {
        c.side
        for c in case.conditions
        if c.code in {"lumbar_foraminal_stenosis", "lumbar_radiculopathy", "sciatica"}
        and c.side in OPPOSITE
    }
    return min(
        found,
        key=lambda a: (SEVERITY[a.verdict], a.side not in complaint, a.side != "right"),
    ).side


def relevant_unanswered(found: Iterable[Assessment]) -> tuple[str, ...]:
    """Unknown findings that matter to these assessments, each once, sorted."""
    return tuple(sorted({code for a in found for code in a.unanswered}))
