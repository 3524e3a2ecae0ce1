"""Strict JSON for the commands: one plain line for everything that is wrong.

Pure. Shared by the contracts of ``manage.py assess`` and ``manage.py respond``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any, Final

TIME: Final = "a time with its offset, like 2026-11-01T08:00:00+00:00"


class DuplicateKeyError(ValueError):
    """The JSON names a key twice, so that one of the two values would be lost."""


def read_json(data: bytes, what: str = "the case") -> Any:
    """Parse strict JSON; raise :class:`FactsError` with one plain line that says what it is of."""
    try:
        return json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_no_duplicates, parse_constant=_no_constant
        )
    except DuplicateKeyError as error:
        raise FactsError(f"{error}: is given twice") from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise FactsError(f"{what} is not valid JSON: {one_line(error)}") from error


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in pairs:
        if key in out:
            raise DuplicateKeyError(one_line(key))
        out[key] = value
    return out


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")


def write_json(answer: Any) -> str:
    """The answer as text with a final newline; the same answer gives the same bytes."""
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def one_line(value: object) -> str:
    """Printable ASCII on one line, at most 200 characters."""
    text = str(value).encode("ascii", "backslashreplace").decode()
    return "".join(c if c.isprintable() else " " for c in text)[:200]


def _has_halves(text: str) -> bool:
    """Whether half a character is in it, as JSON can write one: no answer could repeat it."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


class Fields:
    """One object of the JSON, its keys known beforehand; errors name the key from the top."""

    def __init__(self, data: Any, where: str, allowed: Collection[str]) -> None:
        if not isinstance(data, Mapping):
            raise FactsError(f"{where or 'the history'}: must be an object")
        self.data: Mapping[str, Any] = data
        self.where = where
        for key in data:
            if key not in allowed:
                raise FactsError(
                    f"{one_line(self.key(key))}: unknown key; allowed: {', '.join(allowed)}"
                )

    def key(self, name: str) -> str:
        """The key's name from the top of the file."""
        return f"{self.where}.{name}" if self.where else name

    def wrong(self, name: str, allowed: str) -> FactsError:
        """The error for a value that is missing or not allowed."""
        value = self.data.get(name)
        shown = ascii(value)
        found = f"{shown} is not allowed" if len(shown) <= 60 else "this value is not allowed"
        said = "is missing" if value is None else found
        return FactsError(f"{self.key(name)}: {said}; allowed: {allowed}")

    def choice(self, name: str, allowed: Collection[str]) -> str:
        """A text among the allowed ones."""
        value = self.data.get(name)
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(name, ", ".join(allowed))
        return value

    def choices(self, name: str, allowed: Collection[str]) -> list[str] | None:
        """A list of allowed texts; None where it is absent or null."""
        if self.data.get(name) is None:
            return None
        rows = self.rows(name)
        for i, value in enumerate(rows):
            if not isinstance(value, str) or value not in allowed:
                shown = ascii(value)[:60]
                raise FactsError(
                    f"{self.key(name)}[{i}]: {shown} is not allowed; allowed: {', '.join(allowed)}"
                )
        return rows

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number in bounds; None where it is absent or null."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.wrong(name, f"a whole number from {least} to {most}")
        return value

    def name(self, name: str) -> str:
        """A text of 1 to 100 characters."""
        value = self.data.get(name)
        if not isinstance(value, str) or not 1 <= len(value) <= 100 or _has_halves(value):
            raise self.wrong(name, "a text of 1 to 100 characters")
        return value

    def time(self, name: str, *, years: tuple[int, int]) -> datetime:
        """A time with its offset, in UTC; ``years``: the first and the last that are allowed."""
        value = self.data.get(name)
        try:
            at = datetime.fromisoformat(value) if isinstance(value, str) else None
            at = at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
        except (ValueError, OverflowError):
            at = None
        if at is None or not years[0] <= at.year <= years[1]:
            raise self.wrong(name, TIME)
        return at

    def rows(self, name: str) -> list[Any]:
        """A list; empty where it is absent."""
        value = self.data.get(name, [])
        if not isinstance(value, list):
            raise FactsError(f"{self.key(name)}: must be a list")
        return value

    def need(self, *names: str) -> None:
        """Raise where one of the keys is not given at all."""
        for name in names:
            if name not in self.data:
                raise FactsError(
                    f"{self.key(name)}: is missing; an object needs: {', '.join(names)}"
                )


class FactsError(ValueError):
    """A case that cannot be read; the message names the key and the allowed values."""
