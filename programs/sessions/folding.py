"""Which of a case's old sessions are still read, kept beside its answer.

What ``patients.response.fold`` finds is kept in the answer's row, under whose lock a case is
judged. It holds for what else the answer rests on, by name; a log from before its day empties it in
the same transaction, by a trigger; and a session that was left out and goes on later is known again
by its id. Where it does not hold, everything is read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from patients.models import CaseResponse
from patients.response import History
from patients.response.fold import bearing, fold, horizon
from programs.sessions.edition import edition
from programs.sessions.log_rows import ID_LETTERS, LogRows, Window

_ENOUGH: Final = 20
"""Old sessions that are read before any is left out."""
_EVERY: Final = dt.timedelta(days=2)
"""How often more of them are."""


def name_of(base: History, dealt_with: Mapping[str, dt.datetime]) -> str:
    """Names all but the logs that tells which sessions are still needed."""
    parts = (bearing(base), repr(sorted(dealt_with.items())), edition())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def window_of(
    row: CaseResponse, before: dt.datetime | None, name: str, base: History
) -> Window | None:
    """What is left to read; None for all of it. ``before``: as the row says by now."""
    kept = row.folded
    if before is None or kept is None or before != row.folded_before:
        return None
    if kept["name"] != name or before > horizon(base):
        return None
    return Window(
        before,
        tuple(kept["logs"]),
        tuple(kept["sessions"]),
        frozenset(kept["aside"]),
        frozenset(kept["gone"].split()),
        tuple(map(dt.date.fromisoformat, kept["counted"])),
    )


def folded(
    history: History, rows: LogRows, name: str, named: Callable[[], set[str]]
) -> dict[str, Any] | None:
    """What to keep of it from now on; None where it can stay as it is.

    ``named``: sessions that an open alert tells of.
    """
    before = horizon(history)
    if rows.window is not None and before - rows.window.before < _EVERY:
        return None
    spans = _spans(rows)
    if rows.window is None and sum(last < before for _, last in spans.values()) < _ENOUGH:
        return None
    whole = {s for s, (first, last) in spans.items() if first < before <= last}
    found = fold(history, before, named() | whole)
    read = found.kept | found.aside
    gone = {s[:ID_LETTERS] for s, (_, last) in spans.items() if last < before and s not in read}
    gone |= rows.window.gone if rows.window else set()
    sessions = {pk for pk, s, begun, *_ in rows.done if begun < before and s in read}
    return {
        "name": name,
        "logs": [row[0] for row in rows.symptoms if row[2] < before and row[1] in read],
        "sessions": sorted(sessions),
        "aside": sorted(found.aside),
        "counted": [day.isoformat() for day in found.counted],
        "gone": " ".join(sorted(gone)),
        "made": history.now.isoformat(),
    }


def _spans(rows: LogRows) -> dict[str, tuple[dt.datetime, dt.datetime]]:
    """The first and the last moment of each session."""
    found: dict[str, tuple[dt.datetime, dt.datetime]] = {}
    moments = [(row[1], row[2]) for row in rows.symptoms]
    for _, session, begun, _, _, at in rows.done:
        moments += [(session, begun), (session, at)]
    for session, at in moments:
        first, last = found.get(session, (at, at))
        found[session] = min(first, at), max(last, at)
    return found
