"""Signs that outrank everything: red flags, weakness, spreading numbness, both legs.

Pure. They are looked for in every log, also of a session that was opened and not done.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from patients.response.facts import History, Item, Kind, LogEntry, Place
from patients.response.sessions import Session
from patients.vocabulary import STOPPING_ROUTES, Route, route_of

NEW_FOR = timedelta(days=7)
"""How long a change counts as new, in calendar days, and its alert stands."""
BUTTOCK = 3


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag that nobody has cleared; ``at`` None: from the safety screen."""

    code: str
    route: Route
    at: datetime | None

    @property
    def stops(self) -> bool:
        """Whether everything stops for it."""
        return self.route in STOPPING_ROUTES


@dataclass(frozen=True, slots=True)
class Sign:
    """A change in nerves or legs. ``fresh``: it began here; else it goes on, uncleared."""

    situation: str
    entry: LogEntry
    items: tuple[str, ...]
    was: Place | None
    fresh: bool


def open_flags(history: History) -> list[Flag]:
    """Every red flag of any log or of the screen until it is cleared; the first report of each."""
    found: dict[str, datetime | None] = dict.fromkeys(sorted(history.screen_flags))
    for code in [c for c in found if _cleared_at(history, c) is not None]:
        del found[code]
    reports = sorted((e.at, c) for e in history.logs if e.at <= history.now for c in e.red_flags)
    for at, code in reports:
        cleared = _cleared_at(history, code)
        if (cleared is None or at >= cleared) and code not in found:
            found[code] = at
    routes = {code: route_of(code) for code in found}
    flags = [Flag(c, r, found[c]) for c, r in routes.items() if r is not None]
    return sorted(flags, key=lambda f: (list(Route).index(f.route), f.code))


def signs_of(
    history: History, sessions: Sequence[Session], entries: Sequence[LogEntry]
) -> list[Sign]:
    """Every sign in the logs, by time."""
    by_id = {s.id: s for s in sessions}
    items = {i.id: i for i in history.items}
    found = [
        *_weakness(history, entries),
        *_numbness(history, entries, by_id, items),
        *_both_legs(history, entries),
    ]
    return sorted(found, key=lambda s: (s.entry.at, s.situation))


def cleared_since(history: History, code: str, at: datetime) -> bool:
    """Whether a clinician cleared this code after a moment."""
    cleared = _cleared_at(history, code)
    return cleared is not None and cleared > at


def _cleared_at(history: History, code: str) -> datetime | None:
    """When a code was last cleared."""
    times = [m.at for m in history.cleared if m.code == code and m.at <= history.now]
    return max(times, default=None)


def _weakness(history: History, entries: Sequence[LogEntry]) -> Iterator[Sign]:
    """Weakness not known for a week: new on its first day and until it is cleared or 7 days old.

    Weakness stays one episode while no more than 7 days lie between two reports of it.
    """
    last: date | None = None
    began: datetime | None = None
    for e in entries:
        if Kind.WEAKNESS not in (e.kinds or ()):
            continue
        today = history.day(e.at)
        fresh = last is None or began is None or today - last > NEW_FOR
        began = e.at if fresh or began is None else began
        last = today
        young = today - history.day(began) < NEW_FOR
        known = any(began < m < e.at for m in _clears(history, "neurological_change"))
        if young and not known:
            yield Sign("new_weakness", e, (), None, fresh)


def _clears(history: History, code: str) -> list[datetime]:
    return [m.at for m in history.cleared if m.code == code]


def _numbness(
    history: History,
    entries: Sequence[LogEntry],
    sessions: Mapping[str, Session],
    items: Mapping[str, Item],
) -> Iterator[Sign]:
    """Numbness further down than in the last report of it, or new since the last answer."""
    numb: LogEntry | None = None
    asked: LogEntry | None = None
    place: Place | None = history.baseline_place
    for e in entries:
        if e.kinds is not None and Kind.NUMBNESS in e.kinds:
            today = history.day(e.at)
            known = numb is not None and today - history.day(numb.at) <= NEW_FOR
            was = (numb.place or place) if numb is not None and known else place
            recent = asked is not None and today - history.day(asked.at) <= NEW_FOR
            if _further(was, e.place) or (recent and not known):
                session = sessions[e.session]
                names = session.touched(e.item) or tuple(
                    i.id for i in items.values() if i.sessions_per_week
                )
                yield Sign("numbness_spreads", e, names, was, True)
            numb = e
        asked = e if e.kinds is not None else asked
        place = e.place or place


def _further(was: Place | None, now: Place | None) -> bool:
    """At least one rank down; on one side alone only from the buttock on."""
    if was is None or now is None:
        return False
    left, right = now.left > was.left, now.right > was.right
    one = (left and now.left >= BUTTOCK) or (right and now.right >= BUTTOCK)
    return now.rank > was.rank or one


def _both_legs(history: History, entries: Sequence[LogEntry]) -> Iterator[Sign]:
    """Thigh or further on both sides where it was not before.

    It goes on while every later log has both legs, for 7 days or until it is cleared. With no
    earlier location at all it counts as new.
    """
    was = history.baseline_place
    began: datetime | None = None
    clears = sorted(_clears(history, "both_legs"))
    for e in entries:
        if e.place is None:
            continue
        if not e.place.both_legs:
            began = None
        elif was is None or not was.both_legs:
            began = e.at
            yield Sign("both_legs", e, (), was, True)
        elif began is not None:
            young = history.day(e.at) - history.day(began) < NEW_FOR
            known = bisect_right(clears, e.at) > bisect_right(clears, began)
            if young and not known:
                yield Sign("both_legs", e, (), was, False)
        was = e.place
