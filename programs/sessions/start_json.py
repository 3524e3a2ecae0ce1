"""What a history in JSON says of the time before its logs: the start, and the doses since when.

Pure. Read by ``respond_json``, whose docstring says what the keys mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from clinic.parsing.reader import Reader
from patients.response import Kind, LogEntry, Place
from patients.response.facts import NERVES, AskedFrom
from patients.vocabulary import ARM_RANK, LOCATION_RANK, OTHER_LOCATIONS, Chain

KNOWN_KINDS: Final = MappingProxyType({k.value: k for k in Kind})
_BASELINE: Final = ("pain", "location", "walking", "kinds")
_SIDES: Final = ("left", "right", "bilateral")
_UNRANKED: Final = -1
_DAY: Final = "a day like 2026-11-01, later than the one before it"


@dataclass(frozen=True, slots=True)
class Start:
    """How it was when the case began; None and a missing kind: not recorded."""

    pain: int | None
    place: Place | None
    walking: Place | None
    kinds: Mapping[Kind, str]


def read_start(case: Reader, chain: Chain | None = Chain.LEG) -> Start:
    """The baseline of a case; nothing recorded where there is none."""
    row = case.inner("baseline", _BASELINE) if case.has("baseline") else _nothing(case)
    return Start(
        pain=row.number("pain", 0, 10),
        place=_ranked(read_place(row, "location", chain), None),
        walking=_ranked(read_place(row, "walking", chain), None),
        kinds=_kinds(row),
    )


def _nothing(case: Reader) -> Reader:
    return Reader({}, case.key("baseline"), voice=case.voice)


def _kinds(row: Reader) -> dict[Kind, str]:
    """Kinds with their side; weakness and numbness that the list leaves out were not there."""
    if not row.has("kinds"):
        return {}
    found: dict[Kind, str] = dict.fromkeys(NERVES, "none")
    for i, data in enumerate(row.rows("kinds")):
        plain: Any = data if isinstance(data, Mapping) else {"kind": data}
        one = Reader(plain, row.key(f"kinds[{i}]"), voice=row.voice, known=("kind", "side"))
        kind, side = (
            KNOWN_KINDS[one.choice("kind", KNOWN_KINDS)],
            one.choice("side", _SIDES, "unspecified"),
        )
        was = found.get(kind, "none")
        both = "unspecified" if "unspecified" in (was, side) else "bilateral"
        found[kind] = side if was in ("none", side) else both
    return found


def read_place(row: Reader, key: str, chain: Chain | None = Chain.LEG) -> Place | None:
    """The most distal location of each side; None where it was not asked for.

    A place outside the row has no rank: it says nothing about where symptoms move.
    """
    if not row.has(key):
        return None
    sides = row.inner(key, ("left", "right"))
    ranks = ARM_RANK if chain is Chain.ARM else LOCATION_RANK
    allowed = {**ranks, **dict.fromkeys(OTHER_LOCATIONS, _UNRANKED)}
    left, right = (allowed[sides.choice(s, allowed)] for s in ("left", "right"))
    return Place(left, right)


def ranked_logs(logs: Iterable[LogEntry], start: Place | None) -> tuple[LogEntry, ...]:
    """The logs, where a side with a place outside the row stays where it was last known to be.

    So such a place is never read as symptoms that have gone.
    """
    found, known = [], start
    for log in sorted(logs, key=lambda entry: entry.at):
        place = _ranked(log.place, known)
        found.append(log if place == log.place else replace(log, place=place))
        known = place or known
    return tuple(found)


def _ranked(place: Place | None, known: Place | None) -> Place | None:
    """A place with a rank on each side; None where neither side has one."""
    if place is None or place.left == place.right == _UNRANKED:
        return None
    was = known or Place(0, 0)
    return Place(
        *(
            old if new == _UNRANKED else new
            for new, old in ((place.left, was.left), (place.right, was.right))
        )
    )


def read_versions(row: Reader, most: int) -> tuple[AskedFrom, ...]:
    """How often an item was asked for, from each day on."""
    found: list[AskedFrom] = []
    if not row.has("versions"):
        return ()
    for one in row.objects("versions", ("since", "sessions_per_week")):
        since = read_day(one, "since")
        if since is None or (found and since <= found[-1].since):
            raise one.wrong("since", _DAY)
        found.append(AskedFrom(since, one.whole("sessions_per_week", 0, most)))
    return tuple(found)


def read_day(row: Reader, key: str) -> date | None:
    """A day of the calendar; None for anything else."""
    value = row.table.get(key)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
