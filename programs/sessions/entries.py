"""What a patient's device sends: entries with ids of their own, so that sending twice stores once.

Pure. ``parse_batch`` reads the JSON form. An entry that cannot be read is put aside with the key
that is wrong; it never keeps the others from being stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from clinic.parsing.errors import HISTORY, ReadError
from clinic.parsing.reader import Reader, read_json
from patients.body import BODY_REGIONS
from patients.response.facts import Kind, Phase
from patients.vocabulary import RED_FLAGS
from programs.sessions.reasons import SKIP_REASONS, STOP_REASONS

MOST_ENTRIES: Final = 200
"""Entries in one batch; a device with more sends several."""
LONGEST_WORDS: Final = 500
EXERCISE_STATES: Final = ("done", "partly", "skipped")
SESSION_STATES: Final = ("open", "finished", "stopped")
_SIDES: Final = ("", "left", "right", "both")
YEARS: Final = (1950, 2200)
"""Years that a device's clock may show; how far it is off is put right later."""
_COMMON: Final = ("type", "id", "session", "at")
_KEYS: Final = MappingProxyType(
    {
        "symptoms": (
            *_COMMON,
            "phase",
            "item",
            "pain",
            "regions",
            "kinds",
            "provoked",
            "red_flags",
            "corrects",
        ),
        "exercise": (
            *_COMMON,
            "item",
            "state",
            "side",
            "sets",
            "reps",
            "seconds",
            "reason",
            "words",
            "corrects",
        ),
        "session": (*_COMMON, "state", "reason", "words"),
    }
)


class EntryError(ReadError):
    """A batch or an entry that cannot be read."""


_VOICE: Final = replace(HISTORY, error=EntryError)


@dataclass(frozen=True, slots=True)
class SymptomEntry:
    """How it is at one moment. None: not asked; an empty tuple: asked, and nothing there.

    ``regions`` are codes of ``patients.body``; ``provoked`` are items that brought it on.
    ``corrects`` is the id of an earlier entry that this one replaces.
    """

    id: UUID
    session: UUID
    at: datetime
    phase: str
    item: str = ""
    pain: int | None = None
    regions: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    provoked: tuple[str, ...] | None = None
    red_flags: tuple[str, ...] = ()
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class ExerciseEntry:
    """What became of one exercise: ``done``, ``partly`` or ``skipped``.

    ``sets``; ``reps`` of a set; ``seconds`` of a hold or of timed work; ``side`` where it was done.
    """

    id: UUID
    session: UUID
    at: datetime
    item: str
    state: str
    side: str = ""
    sets: int | None = None
    reps: int | None = None
    seconds: int | None = None
    reason: str = ""
    words: str = ""
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session begun, finished or stopped early."""

    id: UUID
    session: UUID
    at: datetime
    state: str
    reason: str = ""
    words: str = ""


SentEntry = SymptomEntry | ExerciseEntry | SessionEntry


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """An entry that was not stored, by its id as it was sent; which key is wrong, and why."""

    id: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries sent together. ``prescription``: key of the issued version they were made with.

    ``sent_at`` is the device's clock when it sent them: it tells how far that clock is off.
    """

    entries: tuple[SentEntry, ...]
    prescription: int | None = None
    sent_at: datetime | None = None
    broken: tuple[RefusedEntry, ...] = ()


def parse_batch(data: bytes) -> Batch:
    """Read a batch; :class:`EntryError` where it is none at all."""
    sent = read_json(data, "this", EntryError)
    top = Reader(sent, voice=_VOICE, known=("sent_at", "prescription", "entries"))
    top.need("entries")
    rows = top.rows("entries")
    if len(rows) > MOST_ENTRIES:
        raise top.wrong("entries", f"up to {MOST_ENTRIES} entries")
    sent_at = top.time("sent_at", years=YEARS) if top.has("sent_at") else None
    prescription = top.number("prescription", 1, 2**31 - 1)
    entries: list[SentEntry] = []
    broken: list[RefusedEntry] = []
    for row in rows:
        try:
            entries.append(_entry(row))
        except EntryError as error:
            named = row.get("id") if isinstance(row, dict) else None
            broken.append(RefusedEntry(str(named)[:80], error.key, error.reason))
    return Batch(tuple(entries), prescription, sent_at, tuple(broken))


def _entry(data: Any) -> SentEntry:
    kind = data.get("type") if isinstance(data, dict) else None
    keys = _KEYS.get(kind) if isinstance(kind, str) else None
    if keys is None:
        raise EntryError("type", f"is not allowed; allowed: {', '.join(_KEYS)}")
    row = Reader(data, voice=_VOICE, known=keys)
    common: dict[str, Any] = {
        "id": _uuid(row, "id"),
        "session": _uuid(row, "session"),
        "at": row.time("at", years=YEARS),
    }
    if kind == "symptoms":
        return SymptomEntry(**common, **_symptoms(row))
    if kind == "exercise":
        return ExerciseEntry(**common, **_exercise(row))
    state = row.choice("state", SESSION_STATES)
    return SessionEntry(
        **common,
        state=state,
        reason=_reason(row, STOP_REASONS) if state == "stopped" else "",
        words=_words(row),
    )


def _symptoms(row: Reader) -> dict[str, Any]:
    provoked = row.rows("provoked") if row.has("provoked") else None
    if provoked is not None and not all(isinstance(p, str) and 0 < len(p) <= 40 for p in provoked):
        raise row.wrong("provoked", "a list of exercises of the program")
    return {
        "phase": row.choice("phase", [p.value for p in Phase]),
        "item": "" if row.table.get("item") in (None, "") else row.name("item"),
        "pain": row.number("pain", 0, 10),
        "regions": _once(row.choices("regions", BODY_REGIONS)),
        "kinds": _once(row.choices("kinds", [k.value for k in Kind])),
        "provoked": _once(provoked),
        "red_flags": _once(row.choices("red_flags", RED_FLAGS)) or (),
        "corrects": _uuid(row, "corrects") if row.has("corrects") else None,
    }


def _exercise(row: Reader) -> dict[str, Any]:
    state = row.choice("state", EXERCISE_STATES)
    return {
        "item": row.name("item"),
        "state": state,
        "side": row.choice("side", _SIDES, ""),
        "sets": row.number("sets", 0, 100),
        "reps": row.number("reps", 0, 1000),
        "seconds": row.number("seconds", 0, 86_400),
        "reason": _reason(row, SKIP_REASONS),
        "words": _words(row),
        "corrects": _uuid(row, "corrects") if row.has("corrects") else None,
    }


def _reason(row: Reader, allowed: Any) -> str:
    return "" if row.table.get("reason") in (None, "") else row.choice("reason", allowed)


def _words(row: Reader) -> str:
    value = row.table.get("words")
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_WORDS or "\x00" in value:
        raise row.wrong("words", f"a text of up to {LONGEST_WORDS} characters")
    # A cut emoji leaves half a character, which no database takes.
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()


def _once(codes: list[str] | None) -> tuple[str, ...] | None:
    return None if codes is None else tuple(dict.fromkeys(codes))


def _uuid(row: Reader, key: str) -> UUID:
    value = row.table.get(key)
    try:
        if not isinstance(value, str) or len(value) > 45:
            raise ValueError
        return UUID(value)
    except ValueError as error:
        raise row.wrong(key, "a UUID") from error
