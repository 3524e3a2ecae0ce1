"""Which of a case's old sessions an answer still rests on; the others can stay unread.

Pure. ``fold`` looks at the sessions that were over before a day. Those that it keeps are read like
any other. Of the rest some are read ``aside``: only for what was known before a session that is
judged. All others are left out, and of those that were done the days are ``counted`` for as long as
any rule counts sessions. The answer is the same as with them, at every later moment and with
whatever is logged from that day on (``tests/patients/response/test_fold.py``). That holds as
long as nothing is added from before that day or to a session that was not kept, and as long as what
else a history holds is the same (``bearing``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from patients.response.facts import History, Kind, LogEntry, Phase
from patients.response.pain import LAST, usual_pain
from patients.response.sessions import Session, sessions_of
from patients.response.shift import Locations, shift_of
from patients.response.signs import placed, reports, signs_of

_DAYS_A_WEEK: Final = 7
LOOKS_BACK_DAYS: Final = 7
"""Days whose sessions are all read. From what is older something follows only where a session is
kept; how many were done is counted over weeks."""
_NEWS_DAYS: Final = 14
"""Days for which it is news that symptoms moved up, and that nothing else may be told of."""
_NO_PART: Final = frozenset(
    {"now", "logs", "aside", "counted", "screen_flags", "screen_signs", "preference", "reinstated"}
)
"""What a history holds that decides nothing about which sessions are kept."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Sessions from before ``before`` that are still read: as they are, and aside.

    ``counted``: the days of all others that were done, as far back as sessions are counted.
    """

    before: datetime
    kept: frozenset[str]
    aside: frozenset[str]
    counted: tuple[date, ...] = ()


def horizon(history: History) -> datetime:
    """The last midnight behind which no rule asks what a session said, unless it is kept."""
    day = history.day(history.now) - timedelta(days=LOOKS_BACK_DAYS + 1)
    return datetime.combine(day, time(), tzinfo=history.zone)


def bearing(history: History) -> str:
    """Names all that a history holds besides its logs and that a fold rests on."""
    parts = {f.name: getattr(history, f.name) for f in fields(history) if f.name not in _NO_PART}
    text = repr([(name, _plain(value)) for name, value in sorted(parts.items())])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    """The same in an order of its own."""
    if isinstance(value, frozenset):
        return sorted(value)
    return sorted(value.items()) if isinstance(value, Mapping) else value


def fold(history: History, before: datetime, whole: Collection[str] = ()) -> Fold:
    """What is still to be read of the sessions from before that moment, which is past the horizon.

    ``whole``: sessions to keep in any case, such as one that goes on after that moment.
    """
    sessions, entries = sessions_of(history)
    ends = _ends(history.logs)
    over = {name for name, end in ends.items() if end < before}
    begun = {e.session for e in history.logs if e.at < before}
    wanted = _judged(history, sessions, entries, before) | {*whole} | (begun - over)
    kept = wanted & begun - history.aside
    aside = _before_others(history, entries, kept, before)
    aside |= _first_and_last(sessions, history.logs, over) | {*whole}
    left = over - kept - history.aside
    days = [*history.counted, *(s.day for s in sessions if s.done and s.id in left)]
    return Fold(
        before, frozenset(kept), frozenset(aside & over - kept), _still_counted(history, days)
    )


def _still_counted(history: History, days: Iterable[date]) -> tuple[date, ...]:
    """Those days that a review still counts from, the first first."""
    limits = history.settings
    weeks = max(limits.review_weeks_min, limits.review_weeks_max)
    first = history.day(history.now) - timedelta(days=weeks * _DAYS_A_WEEK)
    return tuple(sorted(day for day in days if day >= first))


def _ends(logs: Iterable[LogEntry]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for e in logs:
        found[e.session] = max(e.at, found.get(e.session, e.at))
    return found


# --- What an old session still says --------------------------------------------------------------


def _judged(
    history: History, sessions: list[Session], entries: list[LogEntry], before: datetime
) -> set[str]:
    """Old sessions from which something follows."""
    locations, items = Locations(history, entries), {i.id: i for i in history.items}
    done = [
        (s, shift_of(history, s, locations, items))
        for s in sessions
        if s.done and s.start < before and s.id not in history.aside
    ]
    found = {e.session for e in history.logs if e.red_flags}
    found |= {sign.entry.session for sign in signs_of(history, sessions, entries)}
    found |= {s.id for s, m in done if m.lasting or m.spread or m.persists}
    # Moved up: told of while it is news, and later as long as the next place at rest may undo it.
    found |= {
        s.id
        for s, m in done
        if m.centralising
        and (_is_news(history, m.seen_at) or not _is_checked(locations, m.seen_at, before))
    }
    own = [s for s, _ in done]
    found |= {s.id for s in [s for s in own if usual_pain(s) is not None][:1]}
    placed_before = [s.id for s, m in done if m.before is not None]
    found |= {*placed_before[:1], *placed_before[-LAST:], *(s.id for s in own[-LAST:])}
    # Reported on after the latest session: it speaks beside that one.
    found |= {s.id for s in own if s.end > own[-1].end}
    return found


def _is_news(history: History, at: datetime | None) -> bool:
    return at is not None and (history.day(history.now) - history.day(at)).days <= _NEWS_DAYS


def _is_checked(locations: Locations, at: datetime | None, before: datetime) -> bool:
    """Whether a place at rest came after it, from before that moment."""
    return any(at is not None and at < e.at < before for e in locations.rest)


# --- What was known before -----------------------------------------------------------------------


def _first_and_last(
    sessions: list[Session], logs: Iterable[LogEntry], over: Collection[str]
) -> set[str]:
    """The session the days are counted from, and the latest log."""
    old = [s for s in sessions if s.id in over]
    last = max(((e.at, e.session) for e in logs if e.session in over), default=None)
    first = {min(old, key=lambda s: s.day).id} if old else set()
    return first | ({last[1]} if last else set())


def _before_others(
    history: History, entries: list[LogEntry], kept: Collection[str], before: datetime
) -> set[str]:
    """Sessions that tell what was known before one that is kept, or before that moment."""
    told = placed(history)
    found = {report.entry.session for of_kind in reports(history, told) for report in of_kind}
    found |= _latest([e for e, _ in told], _STATES, kept, before)
    found |= _latest(entries, (_has_place,), kept, before)
    rest = [e for e in reversed(entries) if e.place is not None and e.phase in _AT_REST]
    found |= set(_next(rest, entries, kept))
    found |= {e.session for e in [e for e in rest if e.at < before][:1]}
    moments = {e.at for e in history.logs if e.session in kept}
    return found | {e.session for e in history.logs if e.at in moments}


_AT_REST: Final = (Phase.BEFORE, Phase.NEXT_DAY)
_Tells = Callable[[LogEntry], bool]


def _has_place(e: LogEntry) -> bool:
    return e.place is not None


def _asked_for_kinds(e: LogEntry) -> bool:
    return e.kinds is not None


def _is_numb(e: LogEntry) -> bool:
    return Kind.NUMBNESS in (e.kinds or ())


_STATES: Final[tuple[_Tells, ...]] = (_has_place, _asked_for_kinds, _is_numb)
"""What the reading of numbness remembers of the logs before."""


def _latest(
    logs: Iterable[LogEntry], states: Iterable[_Tells], kept: Collection[str], before: datetime
) -> set[str]:
    """Sessions of the last log that tells each thing, before each log that is kept."""
    found: set[str] = set()
    last: dict[_Tells, str] = {}
    tells = tuple(states)
    for e in logs:
        if e.at >= before:
            break
        if e.session in kept:
            found.update(last.values())
        last.update({state: e.session for state in tells if state(e)})
    return found | set(last.values())


def _next(rest: list[LogEntry], entries: list[LogEntry], kept: Collection[str]) -> Iterator[str]:
    """Sessions of the first place at rest after each log that is kept. ``rest``: the last first."""
    left = list(rest)
    for e in entries:
        while left and left[-1].at <= e.at:
            left.pop()
        if e.session in kept and left:
            yield left[-1].session
