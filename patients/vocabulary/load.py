"""Reads the vocabulary's files, and refuses what is wrong with the name of file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeVar

from patients.vocabulary.kinds import Condition, Finding, RedFlag, Route, Surgery, Together

FOLDER: Final = Path(__file__).parent
ROUTES: Final = tuple(map(str, Route))


class VocabularyError(ValueError):
    """A file of the vocabulary that cannot be used."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        self.file, self.key, self.reason = file, key, reason
        super().__init__(f"{file}: {key}: {reason}")


class Coded(Protocol):
    """Anything with a code."""

    @property
    def code(self) -> str:
        """The stable code."""
        ...


Row = TypeVar("Row", bound=Coded)
Choice = TypeVar("Choice", bound=StrEnum)


class Table:
    """One table of a file; what is left over at the end is an unknown key."""

    def __init__(self, file: str, key: str, data: Any) -> None:
        self.file, self.at = file, key
        if not isinstance(data, Mapping):
            raise self.wrong("", "must be a table")
        self.data = dict(data)

    def wrong(self, key: str, reason: str) -> VocabularyError:
        """The fault of one key, to raise."""
        where = ".".join(filter(None, [self.at, key])) or "file"
        return VocabularyError(self.file, where, reason)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self.data.pop(key, None)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "must be a text, not empty")
        return value

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """One of the allowed texts."""
        value = self.text(key)
        if value not in allowed:
            raise self.wrong(key, f"'{value}' is not known; allowed: {', '.join(allowed)}")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where it is left out."""
        value = self.data.pop(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def texts(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of texts, each among the allowed ones if any are named; empty where left out."""
        value = self.data.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise self.wrong(key, "must be a list of texts")
        for text in value if allowed is not None else ():
            if text not in (allowed or ()):
                raise self.wrong(key, f"'{text}' is not known; allowed: {', '.join(allowed or ())}")
        return tuple(value)

    def labels(self, key: str) -> Mapping[str, str]:
        """A table of codes and their labels, in the file's order."""
        inner = Table(self.file, key, self.data.pop(key, None))
        return MappingProxyType({code: inner.text(code) for code in list(inner.data)})

    def named(self, key: str, choices: type[Choice]) -> Mapping[Choice, str]:
        """A label for each of the fixed choices, none left out and none besides."""
        labels = self.labels(key)
        known = [str(c) for c in choices]
        if sorted(labels) != sorted(known):
            raise self.wrong(key, f"must name each of: {', '.join(known)}")
        return MappingProxyType({choices(code): label for code, label in labels.items()})

    def rows(self, key: str, read: Callable[[Table], Row]) -> Mapping[str, Row]:
        """A list of tables by their codes, in the file's order."""
        value = self.data.pop(key, None)
        if not isinstance(value, list) or not value:
            raise self.wrong(key, "must be a list of tables, not empty")
        out: dict[str, Row] = {}
        for number, data in enumerate(value, start=1):
            table = Table(self.file, f"{key}[{number}]", data)
            row = read(table)
            table.finish()
            if row.code in out:
                raise table.wrong("code", f"'{row.code}' is used twice")
            out[row.code] = row
        return MappingProxyType(out)

    def finish(self) -> None:
        """Raise where something is left over."""
        for key in self.data:
            raise self.wrong(key, "is not a known key")


def read_file(name: str, folder: Path = FOLDER) -> Table:
    """A file's tables."""
    try:
        return Table(name, "", tomllib.loads((folder / name).read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise VocabularyError(name, "file", f"cannot be read as TOML: {error}") from None


def condition(t: Table) -> Condition:
    """A ``[[condition]]``."""
    return Condition(t.text("code"), t.text("label"), t.flag("needs_side"))


def surgery(t: Table) -> Surgery:
    """A ``[[surgery]]``."""
    return Surgery(t.text("code"), t.text("label"), t.flag("sided"), t.flag("has_approach"))


def finding(t: Table, groups: Collection[str]) -> Finding:
    """A ``[[finding]]`` in one of these groups."""
    return Finding(
        t.text("code"),
        t.text("label"),
        t.text("question"),
        t.choice("group", groups),
        Route(t.choice("route", ROUTES)) if "route" in t.data else None,
        t.flag("sided"),
        t.texts("doubted_by"),
    )


def red_flag(t: Table, groups: Collection[str]) -> RedFlag:
    """A ``[[red_flag]]`` in one of these groups."""
    return RedFlag(
        t.text("code"),
        t.text("label"),
        t.text("question"),
        t.text("sign"),
        Route(t.choice("route", ROUTES)),
        t.choice("group", groups),
    )


def together(t: Table, known: Collection[str]) -> Together:
    """A ``[[together]]`` of signs among these codes."""
    code = t.choice("code", known)
    others = t.texts("others", known)
    if not others:
        raise t.wrong("others", "must name at least one code")
    return Together(code, frozenset(others), Route(t.choice("route", ROUTES)), t.text("source"))


def check_doubts(findings: Mapping[str, Finding]) -> None:
    """Raise where a finding is doubted by one that does not exist."""
    for number, row in enumerate(findings.values(), start=1):
        for code in row.doubted_by:
            if code not in findings:
                raise VocabularyError(
                    "findings.toml", f"finding[{number}].doubted_by", f"'{code}' is not known"
                )
