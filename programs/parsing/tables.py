"""Reads tables of a data file strictly: every key known, every value of its type.

Pure. Errors name the key and the reason, in words for the person who edits the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final


class DefinitionError(ValueError):
    """A definition that cannot be loaded: the ``key`` in the file and the reason."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        self.reason = reason
        super().__init__(f"{key}: {reason}")


class Reader:
    """Takes keys out of a table one by one, so that what is left over is an unknown key."""

    def __init__(self, table: Mapping[str, Any], where: str = "") -> None:
        if not isinstance(table, Mapping):
            raise DefinitionError(where or "file", "must be a table")
        self.table = dict(table)
        self.where = where

    def key(self, name: str) -> str:
        """The full name of a key, with the tables around it."""
        return f"{self.where}.{name}" if self.where else name

    def take(self, name: str, kind: type, default: Any = ...) -> Any:
        """Remove a key and give its value, checked for its type."""
        if name not in self.table:
            if default is ...:
                raise DefinitionError(self.key(name), "is missing")
            return default
        value = self.table.pop(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise DefinitionError(self.key(name), f"must be of type {_TYPE_WORDS[kind]}")
        return value

    def text(self, name: str, default: Any = ..., *, longest: int = 400) -> str:
        """A text without surrounding space; empty only where there is a default."""
        value = str(self.take(name, str, default)).strip()
        if default is ... and not value:
            raise DefinitionError(self.key(name), "must not be empty")
        if len(value) > longest:
            raise DefinitionError(self.key(name), f"must be at most {longest} characters")
        return value

    def choice(self, name: str, allowed: Any, default: Any = ...) -> str:
        """A text among the allowed ones."""
        value = self.take(name, str, default)
        if value not in allowed:
            raise DefinitionError(
                self.key(name), f"'{value}' is not known; allowed: {', '.join(sorted(allowed))}"
            )
        return str(value)

    def texts(self, name: str, default: Any = ..., allowed: Any = None) -> tuple[str, ...]:
        """A list of different texts, each among the allowed ones if any are named."""
        values = self.take(name, list, default)
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise DefinitionError(self.key(name), "must list texts, none of them empty")
            if allowed is not None and value not in allowed:
                raise DefinitionError(
                    self.key(name), f"'{value}' is not known; allowed: {', '.join(sorted(allowed))}"
                )
        if len(set(values)) != len(values):
            raise DefinitionError(self.key(name), "lists something twice")
        return tuple(v.strip() for v in values)

    def tables(self, name: str, parse: Callable[[Any, str], Any]) -> tuple[Any, ...]:
        """A list of tables, each read by ``parse`` with its place in the file."""
        rows = self.take(name, list, [])
        return tuple(parse(row, f"{self.key(name)}[{i + 1}]") for i, row in enumerate(rows))

    def finish(self) -> None:
        """Raise if anything is left over."""
        for name in self.table:
            raise DefinitionError(self.key(name), "is not a known key")


_TYPE_WORDS: Final = {
    str: "text",
    bool: "true or false",
    list: "list",
    dict: "table",
    int: "number",
}
