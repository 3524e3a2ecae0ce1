"""The one strict reader of JSON and TOML: every key known, every value of its type and in bounds.

Pure. What is wrong is told with its key, named from the top, and the reason. Finding it is the same
everywhere; the sentence is the :class:`~clinic.parsing.errors.Voice` of who reads it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from clinic.parsing.errors import FILE, DefinitionError, ReadError, Voice, found, one_line, shown

TIME: Final = "a time with its offset, like 2026-11-01T08:00:00+00:00"
_TYPE_WORDS: Final = {
    str: "text",
    bool: "true or false",
    list: "list",
    dict: "table",
    int: "number",
}


class Reader:
    """One table or object, read key by key.

    With ``known`` a key that is not among them is refused at once. Without it the keys are those
    that were asked for, and :meth:`finish` refuses what is left over.
    """

    def __init__(
        self,
        table: Any,
        where: str = "",
        *,
        voice: Voice = FILE,
        known: Collection[str] | None = None,
    ) -> None:
        if not isinstance(table, Mapping):
            raise voice.error(where or voice.whole, voice.no_table)
        self.table: Mapping[str, Any] = table
        self.where = where
        self.voice = voice
        self._asked: set[str] = set()
        if known is not None:
            self._only(known)

    def key(self, name: str) -> str:
        """The full name of a key, with the tables around it."""
        return f"{self.where}.{name}" if self.where else name

    def error(self, name: str, reason: str) -> ReadError:
        """The error that this key is wrong for this reason."""
        return self.voice.error(self.key(name), reason)

    def wrong(self, name: str, allowed: str) -> ReadError:
        """The error for a value that is missing or not allowed."""
        value = self.table.get(name)
        sentence = self.voice.refused if self.has(name) else self.voice.missing
        return self.error(name, sentence.format(value=value, found=found(value), allowed=allowed))

    def has(self, name: str) -> bool:
        """Whether there is a value."""
        return name in self.table and not (self.voice.null_is_absent and self.table[name] is None)

    def need(self, *names: str) -> None:
        """Raise where one of the keys is not given at all."""
        for name in names:
            if name not in self.table:
                raise self.error(name, f"is missing; an object needs: {', '.join(names)}")

    def take(self, name: str, kind: type, default: Any = ...) -> Any:
        """The value, checked for its type."""
        self._asked.add(name)
        if name not in self.table:
            if default is ...:
                raise self.error(name, self.voice.missing)
            return default
        value = self.table[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(name, self.voice.wrong_type.format(allowed=_TYPE_WORDS[kind]))
        return value

    def text(self, name: str, default: Any = ..., *, longest: int = 400) -> str:
        """A text without surrounding space; empty only where there is a default."""
        value = str(self.take(name, str, default)).strip()
        if default is ... and not value:
            raise self.error(name, "must not be empty")
        if len(value) > longest:
            raise self.error(name, f"must be at most {longest} characters")
        return value

    def name(self, name: str) -> str:
        """A text of 1 to 100 characters, as it stands."""
        value = self.table.get(name)
        if not isinstance(value, str) or not 1 <= len(value) <= 100 or _has_halves(value):
            raise self.wrong(name, "a text of 1 to 100 characters")
        return value

    def choice(self, name: str, allowed: Collection[str], default: Any = ...) -> str:
        """A text among the allowed ones."""
        if default is not ... and not self.has(name):
            return str(default)
        value = self.take(name, str) if self.voice.wrong_type else self.table.get(name)
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(name, self.voice.listed(allowed))
        return value

    def texts(self, name: str, default: Any = ..., allowed: Any = None) -> tuple[str, ...]:
        """A list of different texts, each among the allowed ones if any are named."""
        values = self.take(name, list, default)
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise self.error(name, "must list texts, none of them empty")
            if allowed is not None and value not in allowed:
                listed = self.voice.listed(allowed)
                raise self.error(name, self.voice.refused.format(value=value, allowed=listed))
        if len(set(values)) != len(values):
            raise self.error(name, "lists something twice")
        return tuple(v.strip() for v in values)

    def choices(self, name: str, allowed: Collection[str]) -> list[str] | None:
        """A list of allowed texts, each named by its place; None where it is absent or null."""
        if self.table.get(name) is None:
            return None
        rows = self.rows(name)
        for i, value in enumerate(rows):
            if not isinstance(value, str) or value not in allowed:
                said = f"{ascii(value)[:60]} is not allowed; allowed: {self.voice.listed(allowed)}"
                raise self.error(f"{name}[{i}]", said)
        return rows

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number in bounds; None where it is absent or null."""
        return None if self.table.get(name) is None else self.whole(name, least, most)

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number in bounds that has to be there."""
        value = self.table.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            allowed = f"a whole number from {least} to {most}"
            if self.voice.number:
                raise self.error(name, self.voice.number.format(allowed=allowed))
            raise self.wrong(name, allowed)
        return value

    def time(self, name: str, *, years: tuple[int, int]) -> datetime:
        """A time with its offset, in UTC; ``years``: the first and the last that are allowed."""
        value = self.table.get(name)
        try:
            at = datetime.fromisoformat(value) if isinstance(value, str) else None
            at = at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
        except (ValueError, OverflowError):
            at = None
        if at is None or not years[0] <= at.year <= years[1]:
            raise self.wrong(name, TIME)
        return at

    def rows(self, name: str, what: str = "a list") -> list[Any]:
        """A list; empty where it is absent."""
        value = self.table.get(name, [])
        if not isinstance(value, list):
            raise self.error(name, f"must be {what}")
        return value

    def objects(self, name: str, known: Collection[str], what: str = "a list") -> Iterator[Reader]:
        """A reader for each row of a list, one after the other; none where it is absent."""
        for i, row in enumerate(self.rows(name, what)):
            yield Reader(row, f"{self.key(name)}[{i}]", voice=self.voice, known=known)

    def inner(self, name: str, known: Collection[str] | None = None) -> Reader:
        """A reader for the object under a key; of an empty one where it is absent."""
        return Reader(self.table.get(name, {}), self.key(name), voice=self.voice, known=known)

    def tables(self, name: str, parse: Callable[[Any, str], Any]) -> tuple[Any, ...]:
        """A list of tables, each read by ``parse`` with its place in the file."""
        rows = enumerate(self.take(name, list, []), self.voice.first)
        return tuple(parse(row, f"{self.key(name)}[{i}]") for i, row in rows)

    def rest(self) -> dict[str, Any]:
        """What nobody has asked for, to be read by somebody else."""
        return {name: value for name, value in self.table.items() if name not in self._asked}

    def finish(self) -> None:
        """Raise if anything is left over."""
        self._only(self._asked)

    def _only(self, known: Collection[str]) -> None:
        for name in self.table:
            if name not in known:
                key = one_line(self.key(name)) if self.voice.one_line else shown(self.key(name))
                reason = self.voice.unknown.format(allowed=self.voice.listed(known))
                raise self.voice.error(key, reason)


def read_json(data: bytes, what: str, error: type[ReadError]) -> Any:
    """Parse strict JSON; raise the error with one plain line that says ``what`` it is of."""
    try:
        return json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_no_duplicates, parse_constant=_no_constant
        )
    except _TwiceError as twice:
        raise error(str(twice), "is given twice") from twice
    except (UnicodeDecodeError, ValueError, RecursionError) as wrong:
        raise error(f"{what} is not valid JSON", one_line(wrong)) from wrong


class _TwiceError(ValueError):
    """The JSON names a key twice, so that one of the two values would be lost."""


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in pairs:
        if key in out:
            raise _TwiceError(one_line(key))
        out[key] = value
    return out


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")


def write_json(answer: Any) -> str:
    """The answer as text with a final newline; the same answer gives the same bytes."""
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def read_toml(data: bytes) -> dict[str, Any]:
    """Parse a file of the catalogue, whose keys cannot stand twice in TOML."""
    try:
        return tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError("file", f"cannot be read as TOML: {error}") from error


def _has_halves(text: str) -> bool:
    """Whether half a character is in it, as JSON can write one: no answer could repeat it."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)
