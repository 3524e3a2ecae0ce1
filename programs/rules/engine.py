"""The rules at work: frozen facts in, frozen verdicts out.

Pure. :func:`judge` is the plain meaning of the rules for one exercise and side. :class:`Engine`
gives the same answers for a whole catalogue at once: it works out beforehand which exercises each
clause can touch, so that a request only has to ask the case which clauses hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Final, NamedTuple, TypeVar

from cachetools import LRUCache

from programs.rules.book import SEVERITY, Clause, RuleDefinition
from programs.rules.facts import OPPOSITE, RULE_DEFAULTS, CaseFacts, RuleSettings
from programs.rules.sweep import spread, sweep
from programs.rules.trait_tests import ExerciseTest
from programs.rules.traits import Traits
from programs.rules.unsaid_tests import meets
from programs.rules.verdict import ActiveClause, Reason
from programs.rules.weighing import active_clauses, in_doubt, may_touch, touching, weigh

Doubts = dict[frozenset[str], int]
"""What nobody has said → the units that a clause may touch for it, spread."""
_T = TypeVar("_T")

KEPT_LIMITS: Final = 500
"""Surgeons' limits of which an engine keeps what they touch: a number of some 300 bytes each."""


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


def sides_of(traits: Traits) -> tuple[str, ...]:
    """The sides an exercise is assessed for: left and right, or one empty side."""
    return ("left", "right") if traits.sided else ("",)


def judge(
    rules: Iterable[RuleDefinition],
    case: CaseFacts,
    slug: str,
    traits: Traits,
    side: str,
    settings: RuleSettings = RULE_DEFAULTS,
) -> Assessment:
    """The verdict on one exercise for one side: the rules' plain meaning."""
    heard = touching(active_clauses(rules, case, settings), traits, side)
    verdict, reasons, unanswered, notes = weigh(heard)
    missing = tuple(r for r in traits.required if r not in case.resources)
    return Assessment(slug, side, verdict, reasons, unanswered, missing, notes)


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
        self._touched: dict[tuple[int, str], tuple[Clause, int]] = {}
        self._limited: LRUCache[tuple[ExerciseTest, str], int] = LRUCache(KEPT_LIMITS)
        self._limited_lock = Lock()
        self._open = [(i, t, s) for i, (_, t, s) in enumerate(self._units) if t.unknown]
        """Units of which something was never said: looked at once more, and no other is."""
        self._doubted: dict[tuple[int, str], Doubts] = {}
        self._limited_doubts: LRUCache[tuple[ExerciseTest, str], Doubts] = LRUCache(KEPT_LIMITS)

    def _unit_slices(self) -> dict[str, tuple[int, ...]]:
        out: dict[str, list[int]] = defaultdict(list)
        for i, (slug, _, _) in enumerate(self._units):
            out[slug].append(i)
        return {slug: tuple(rows) for slug, rows in out.items()}

    def _units_touched(self, clause: Clause, about: str) -> int:
        """Units whose traits match a clause about one side, spread; worked out once.

        A clause about a surgeon's limit is made anew for each case: it is found again by what it
        asks of an exercise.
        """
        if clause.case.limits:
            limit = (clause.exercise, about)
            return self._of_limit(self._limited, limit, lambda: self._matching(clause, about))
        key = (id(clause), about)
        if key not in self._touched:
            self._touched[key] = clause, self._matching(clause, about)
        return self._touched[key][1]

    def _of_limit(
        self,
        kept: LRUCache[tuple[ExerciseTest, str], _T],
        key: tuple[ExerciseTest, str],
        make: Callable[[], _T],
    ) -> _T:
        """What is kept of a limit by what its clause asks and of which side; made where it is not.

        Threads that want the same at once may each make it.
        """
        with self._limited_lock:
            known = kept.get(key)
        if known is None:
            known = make()
            with self._limited_lock:
                kept[key] = known
        return known

    def _matching(self, clause: Clause, about: str) -> int:
        test = clause.exercise
        known = test.matches
        # What is all said needs no second look, and is nearly everything.
        matching = (
            i
            for i, (_, t, s) in enumerate(self._units)
            if (meets(test, t, s, about) if t.unknown else known(t, s, about))
        )
        return spread(matching, len(self._units))

    def _doubts(self, clause: Clause, about: str) -> Doubts:
        """Units that a clause may touch without surely doing so, by what decides it."""
        if clause.case.limits:
            limit = (clause.exercise, about)
            return self._of_limit(
                self._limited_doubts, limit, lambda: self._doubtful(clause, about, self._open)
            )
        key = (id(clause), about)
        if key not in self._doubted:
            self._doubted[key] = self._doubtful(clause, about, self._open)
        return self._doubted[key]

    def _doubtful(
        self, clause: Clause, about: str, among: Iterable[tuple[int, Traits, str]]
    ) -> Doubts:
        found: dict[frozenset[str], list[int]] = defaultdict(list)
        for i, traits, side in among:
            if names := may_touch(clause, traits, side, about):
                found[names].append(i)
        return {names: spread(units, len(self._units)) for names, units in found.items()}

    def _heard_in_doubt(self, active: Iterable[ActiveClause]) -> Iterator[tuple[ActiveClause, int]]:
        """The clauses as they speak of what nobody has said, each with the units that it touches.

        Sorted, so that the same case gives the same words whatever came before.
        """
        for a in active:
            doubts = self._doubts(a.clause, a.about)
            for names in sorted(doubts, key=sorted):
                yield in_doubt(a, names), doubts[names]

    def over(self, entries: Mapping[str, Traits], rules: Sequence[RuleDefinition]) -> Engine:
        """These rules over these entries; what is known of those that stay is taken over."""
        other = Engine(rules, entries)
        rows = {(slug, side): i for i, (slug, _, side) in enumerate(self._units)}
        # Where the entry is new or has other traits: one past the last, asked below.
        new = len(self._units)
        places = [
            rows.get((slug, side), new) if self.entries.get(slug) == traits else new
            for slug, traits, side in other._units
        ]
        asked = [(i, t, s) for i, (_, t, s) in enumerate(other._units) if places[i] == new]
        for key, (clause, mask) in self._touched.items():
            known = mask.to_bytes(new + 1, "little")
            each = bytearray(map(known.__getitem__, places))
            about = key[1]
            for i, traits, side in asked:
                each[i] = meets(clause.exercise, traits, side, about)
            other._touched[key] = clause, int.from_bytes(each, "little")
            if other._open:
                fresh = other._doubtful(clause, about, (u for u in asked if u[1].unknown))
                for names, doubted in self._doubted.get(key, {}).items():
                    rest = doubted.to_bytes(new + 1, "little")
                    moved = int.from_bytes(map(rest.__getitem__, places), "little")
                    fresh[names] = fresh.get(names, 0) | moved
                other._doubted[key] = fresh
        return other

    def warm(self) -> Engine:
        """Work out every match now, so that the first request is as fast as the rest."""
        for rule in self.rules:
            for clause in rule.clauses if rule.level == "exercise" else ():
                for about in ("left", "right") if clause.relative else ("",):
                    for spoken in (clause, *clause.spoken):
                        self._units_touched(spoken, about)
                        if self._open:
                            self._doubts(spoken, about)
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
        active = active_clauses(self.rules, case, settings)
        heard = [(a, self._units_touched(a.clause, a.about)) for a in active]
        if self._open:
            heard.extend(self._heard_in_doubt(active))
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
