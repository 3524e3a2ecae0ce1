"""Logs put together as sessions: one run through the exercises each, in order of time.

Pure. The order in which logs arrived plays no part. Of two logs for the same session, phase and
item the later one stands (of two at the same moment, the worse).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from patients.response.facts import History, LogEntry, Phase, Place

WORKED = frozenset({Phase.DURING, Phase.AFTER, Phase.SETTLED})
"""Phases that only somebody who exercised can report."""
_MOMENT: Final = attrgetter("at")
PHASE_ORDER: Final = MappingProxyType({phase: n for n, phase in enumerate(Phase)})


@dataclass(frozen=True, slots=True)
class Session:
    """One session: what stands of its logs, by time. ``day``: the local day on which it began.

    ``places``: the locations logged before it, with the item they were asked for.
    """

    id: str
    entries: tuple[LogEntry, ...]
    day: date
    done: bool
    done_items: tuple[str, ...]
    places: tuple[tuple[str | None, Place], ...]

    @property
    def start(self) -> datetime:
        """When its first log was written."""
        return self.entries[0].at

    @property
    def end(self) -> datetime:
        """When its last log was written."""
        return self.entries[-1].at

    def of(self, *phases: Phase) -> list[LogEntry]:
        """Its logs of these phases, by time."""
        return [e for e in self.entries if e.phase in phases]

    def pains(self, *phases: Phase) -> list[int]:
        """The pain numbers given in these phases, by time."""
        return [e.pain for e in self.entries if e.phase in phases and e.pain is not None]

    def place_before(self, item: str | None) -> Place | None:
        """Where it was before the item, else before the session; None where nobody asked."""
        for name, place in self.places:
            if name == item:
                return place
        return self.places[0][1] if self.places else None

    def touched(self, item: str | None) -> tuple[str, ...]:
        """The items a log speaks of: the one it names, else all that were done."""
        return (item,) if item is not None else self.done_items


def sessions_of(history: History) -> tuple[list[Session], list[LogEntry]]:
    """Every session up to now, done or not, by start and then by id; and every log, by time."""
    latest: dict[tuple[str, Phase, str | None], LogEntry] = {}
    for entry in history.logs:
        if entry.at <= history.now and entry.stands:
            key = (entry.session, entry.phase, entry.item)
            if key not in latest or _comes_before(latest[key], entry):
                latest[key] = entry
    entries = in_order(latest.values())
    groups: dict[str, list[LogEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.session, []).append(entry)
    asked = tuple(i.id for i in history.items if i.sessions_per_week)
    found = [_session(history, name, tuple(own), asked) for name, own in groups.items()]
    return sorted(found, key=lambda s: (s.start, s.id)), entries


def in_order(logs: Iterable[LogEntry]) -> list[LogEntry]:
    """These logs by ``order`` and then by session. Few share a moment: only those need more."""
    found = sorted(logs, key=_MOMENT)
    start = 0
    for end in range(1, len(found) + 1):
        if end == len(found) or found[end].at != found[start].at:
            if end - start > 1:
                found[start:end] = sorted(found[start:end], key=lambda e: (order(e), e.session))
            start = end
    return found


def _comes_before(first: LogEntry, second: LogEntry) -> bool:
    if first.at != second.at:
        return first.at < second.at
    return order(first) < order(second)


def order(entry: LogEntry) -> tuple[object, ...]:
    """Sort key by time; of logs at the same moment the worse one comes later."""
    place = entry.place or Place(-1, -1)
    kinds = tuple(sorted(entry.kinds or ()))
    done = 1 if entry.done is None else 2 * entry.done
    return (
        entry.at,
        PHASE_ORDER[entry.phase],
        done,
        place.rank,
        min(place.left, place.right),
        place.left,
        entry.kinds is not None,
        kinds,
        -1 if entry.pain is None else entry.pain,
        entry.item or "",
    )


def _session(
    history: History, name: str, entries: tuple[LogEntry, ...], asked: tuple[str, ...]
) -> Session:
    """``asked``: the items that the program asks for, in its order."""
    before = (e for e in entries if e.phase is Phase.BEFORE)
    return Session(
        id=name,
        entries=entries,
        day=history.day(entries[0].at),
        done=_was_done(entries),
        done_items=_done_items(history, entries, asked),
        places=tuple((e.item, e.place) for e in before if e.place is not None),
    )


def _was_done(entries: tuple[LogEntry, ...]) -> bool:
    """Said to be done; where nobody said yes or no, reported on while or after exercising."""
    said = {e.done for e in entries}
    if True in said:
        return True
    return False not in said and any(e.phase in WORKED for e in entries)


def _done_items(
    history: History, entries: Iterable[LogEntry], asked: tuple[str, ...]
) -> tuple[str, ...]:
    """The items done, in the program's order; where no log names one, all that are asked for."""
    named, left_out = set(), set()
    for e in entries:
        if e.item is None:
            continue
        if e.done is False:
            left_out.add(e.item)
        elif e.done or e.phase in WORKED:
            named.add(e.item)
    if named:
        return tuple(i.id for i in history.items if i.id in named)
    return tuple(i for i in asked if i not in left_out) if left_out else asked


def early_checks(session: Session, minutes: int) -> list[LogEntry]:
    """``settled`` logs written inside the window: they say as much as ``after``, no more.

    Counted from the last ``during`` or ``after`` log of the same item, or of the session. A check
    at the very moment of that log, or before it, was typed in later: its phase is believed.
    """
    checks = session.of(Phase.SETTLED)
    if not checks:
        return []
    window = timedelta(minutes=minutes)
    early = []
    for check in checks:
        worked = [
            e.at
            for e in session.of(Phase.DURING, Phase.AFTER)
            if check.item is None or e.item == check.item
        ]
        if worked and timedelta(0) < check.at - max(worked) < window:
            early.append(check)
    return early
