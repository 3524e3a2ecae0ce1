"""Where symptoms went in a session: location first.

Pure. The rank compared is the most distal of both sides. A spread that is still there at the
``settled`` check (or, where nobody asked then, the next day) stops the items that provoked it; a
spread that was back by then is passing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from patients.response.facts import History, Item, LogEntry, Phase, Place
from patients.response.sessions import Session, early_checks

LEG = 4
"""The rank of the thigh: from here on it is the leg."""


@dataclass(frozen=True, slots=True)
class LocationShift:
    """What happened to the location in one session.

    ``spread``: items that left symptoms further down, with the moment it was seen. ``persists``:
    back bends whose rise in back and leg did not settle. ``credited``: items after which it moved
    up. ``checked``: the rank at the check that decides, and the moment of it.
    """

    centralising: bool = False
    spread: tuple[str, ...] = ()
    lasting: bool = False
    persists: tuple[str, ...] = ()
    late: bool = False
    unchecked: bool = False
    passing: bool = False
    expected: bool = False
    credited: tuple[str, ...] = ()
    before: int | None = None
    checked: int | None = None
    seen_at: datetime | None = None


class Locations:
    """Every location on record, to find what was known before a moment and what came after."""

    def __init__(self, history: History, entries: Iterable[LogEntry]) -> None:
        self.baseline = history.baseline_place
        self.known = [e for e in entries if e.place is not None]
        self.times = [e.at for e in self.known]
        self.rest = [e for e in self.known if e.phase in (Phase.BEFORE, Phase.NEXT_DAY)]
        self.rest_times = [e.at for e in self.rest]

    def before(self, at: datetime) -> Place | None:
        """The last location known before a moment, else the baseline's."""
        n = bisect_left(self.times, at)
        return self.known[n - 1].place if n else self.baseline

    def next_check(self, at: datetime) -> Place | None:
        """The next location reported at rest after a moment."""
        n = bisect_right(self.rest_times, at)
        return self.rest[n].place if n < len(self.rest) else None

    def last_rest(self, at: datetime) -> Place | None:
        """The last location reported at rest, where it came after a moment."""
        return self.rest[-1].place if self.rest and self.rest[-1].at > at else None


def shift_of(
    history: History, session: Session, locations: Locations, items: Mapping[str, Item]
) -> LocationShift:
    """Judge one session that was done. Where there is no row of places nothing moves along it."""
    if history.chain is None:
        return LocationShift()
    return _Reading(history, session, locations, items).judge()


class _Reading:
    """One session's locations, by how long after the exercise they were seen."""

    def __init__(
        self, history: History, s: Session, locations: Locations, items: Mapping[str, Item]
    ) -> None:
        early = early_checks(s, history.settings.after_effect_minutes)
        self.session, self.items, self.locations = s, items, locations
        self.early, self.usual_pain = early, history.baseline_pain
        self.settled = [e for e in _placed(s, Phase.SETTLED) if e not in early]
        self.next_day = _placed(s, Phase.NEXT_DAY)
        self.at_once = [
            e
            for e in _placed(s, Phase.DURING, Phase.AFTER, Phase.SETTLED)
            if e.phase is not Phase.SETTLED or e in early
        ]
        self.late_settled = [e for e in s.of(Phase.SETTLED) if e not in early]
        self.fallback = locations.before(s.start)

    def judge(self) -> LocationShift:
        spread, seen = self._spread()
        evidence = self._evidence()
        central = not spread and seen is None and self._centralises(evidence)
        persists = () if central else self._persists(spread)
        risers = [e for e in self.at_once if self._above(e)]
        later = self.settled or self.next_day
        back = bool(later) or bool(evidence and not self._above(evidence[-1]))
        calm = seen is None and not central
        before = self.session.place_before(None)
        return LocationShift(
            centralising=central,
            spread=spread,
            lasting=seen is not None,
            persists=persists,
            late=calm and bool(self.settled) and any(map(self._above, self.next_day)),
            unchecked=calm and bool(risers) and not back,
            passing=calm and bool(risers) and back,
            expected=bool(risers) and all(map(self._allowed, risers)),
            credited=self._credited(evidence) if evidence else (),
            before=before.rank if before else None,
            checked=_rank(evidence[-1]) if evidence else None,
            seen_at=seen or (evidence[-1].at if evidence else None),
        )

    def _above(self, e: LogEntry) -> bool:
        """Further down than before; where nobody asked before, than last known."""
        before = self.session.place_before(e.item) or self.fallback
        return before is not None and _rank(e) > before.rank

    def _allowed(self, e: LogEntry) -> bool:
        """Whether a passing rise was to be expected of every item the log speaks of."""
        wanted = ("during_and_5min",) if e.phase is not Phase.DURING else _ALLOWED
        names = self.session.touched(e.item)
        return bool(names) and all(n in self.items and self.items[n].rise in wanted for n in names)

    def _spread(self) -> tuple[tuple[str, ...], datetime | None]:
        """The items that provoke it and the first moment it was seen; None where it was not."""
        named: set[str] = set()
        seen: list[datetime] = []
        asked = {e.item for e in self.settled}
        for e in self.settled:
            if self._above(e):
                named.update(self.session.touched(e.item))
                seen.append(e.at)
        for e in self.next_day if None not in asked else ():
            open_items = set(self.session.touched(e.item)) - asked
            if self._above(e) and (open_items or not asked):
                named |= open_items
                seen.append(e.at)
        return _in_order(self.items, named), min(seen, default=None)

    def _persists(self, spread: tuple[str, ...]) -> tuple[str, ...]:
        """Back bends after which back and leg hurt more than before, and still do at the check.

        Where nobody asked later, what the patient said during it decides. One that left symptoms
        further down is told of as that.
        """
        base = next(iter(self.session.pains(Phase.BEFORE)), self.usual_pain)
        if base is None or not self.session.of(Phase.DURING, Phase.SETTLED):
            return ()
        bends = (n for n in self.session.done_items if n in self.items and self.items[n].extends)
        found = {n for n in bends if n not in spread and self._stays_up(n, base)}
        return _in_order(self.items, found)

    def _stays_up(self, name: str, base: int) -> bool:
        """Whether this item raised pain in back and leg, and the last word is that it is up."""
        place = self.session.place_before(name) or self.fallback
        own = [e for e in self.session.entries if e.item in (name, None) and e.pain is not None]
        held = [e for e in own if e.phase is Phase.DURING]
        at_once = [e for e in own if e.phase in (Phase.DURING, Phase.AFTER) or e in self.early]
        settled = [e for e in own if e in self.late_settled]
        rose = [e for e in at_once if _raised(e, base, place)]
        if settled:
            return _raised(settled[-1], base, place) and bool(rose or not at_once)
        return any(e in held for e in rose) and _raised(at_once[-1], base, place)

    def _evidence(self) -> list[LogEntry]:
        """The logs that say where it ended: settled, else next day, else at once."""
        after = [e for e in self.at_once if e.phase is not Phase.DURING]
        return self.settled or self.next_day or after

    def _centralises(self, evidence: list[LogEntry]) -> bool:
        before = self.session.place_before(None)
        if before is None or not evidence or _rank(evidence[-1]) >= before.rank:
            return False
        later = self.locations.next_check(evidence[-1].at)
        return later is None or later.rank <= _rank(evidence[-1])

    def _credited(self, evidence: list[LogEntry]) -> tuple[str, ...]:
        """Items after which it moved up; none where opposite directions were done together."""
        found: set[str] = set()
        before = self.session.place_before(None)
        last = before.rank if before else None
        for e in evidence:
            if last is not None and _rank(e) < last:
                names = self.session.touched(e.item)
                ways = {(i.extends, i.flexes) for i in _known(self.items, names)}
                if not {(True, False), (False, True)} <= ways:
                    found.update(names)
            last = _rank(e)
        return _in_order(self.items, found)


_ALLOWED = ("during_only", "during_and_5min")


def _placed(session: Session, *phases: Phase) -> list[LogEntry]:
    return [e for e in session.of(*phases) if e.place is not None]


def _rank(e: LogEntry) -> int:
    return e.place.rank if e.place else 0


def _raised(e: LogEntry, pain: int, before: Place | None) -> bool:
    """More pain than before, with symptoms in the leg that are no better.

    A log without a place says no better.
    """
    was = before.rank if before else 0
    now = e.place.rank if e.place else was
    return e.pain is not None and e.pain > pain and now >= max(was, LEG)


def _known(items: Mapping[str, Item], names: Iterable[str]) -> Iterator[Item]:
    return (items[n] for n in names if n in items)


def _in_order(items: Mapping[str, Item], names: set[str]) -> tuple[str, ...]:
    return tuple(n for n in items if n in names)
