"""Reads the vocabulary's files, and refuses what is wrong with the name of file and key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeVar

from clinic.parsing.errors import DefinitionError
from clinic.parsing.reader import Reader, read_toml
from patients.vocabulary.kinds import (
    Chain,
    Condition,
    Finding,
    RedFlag,
    Route,
    Surgery,
    Together,
)

FOLDER: Final = Path(__file__).parent
ROUTES: Final = tuple(map(str, Route))
CHAINS: Final = tuple(map(str, Chain))


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


class VocabularyFile:
    """One file; what is left over at the end is an unknown key."""

    def __init__(self, name: str, folder: Path = FOLDER) -> None:
        self.name = name
        with self._named():
            try:
                data = (folder / name).read_bytes()
            except OSError as error:
                raise DefinitionError("file", f"cannot be read: {error.strerror}") from error
            self._top = Reader(read_toml(data))

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Name this file in what is raised."""
        try:
            yield
        except DefinitionError as error:
            raise VocabularyError(self.name, error.key, error.reason) from error

    def labels(self, key: str) -> Mapping[str, str]:
        """A table of codes and their labels, in the file's order."""
        with self._named():
            table = Reader(self._top.take(key, dict), key)
            return MappingProxyType({code: table.text(code) for code in table.table})

    def named(self, key: str, choices: type[Choice]) -> Mapping[Choice, str]:
        """A label for each of the fixed choices, none left out and none besides."""
        labels = self.labels(key)
        known = [str(c) for c in choices]
        if sorted(labels) != sorted(known):
            raise VocabularyError(self.name, key, f"must name each of: {', '.join(known)}")
        return MappingProxyType({choices(code): label for code, label in labels.items()})

    def rows(self, key: str, read: Callable[[Reader], Row]) -> Mapping[str, Row]:
        """A list of tables by their codes, in the file's order; never empty."""

        def parse(table: Any, where: str) -> Row:
            reader = Reader(table, where)
            row = read(reader)
            reader.finish()
            if row.code in out:
                raise reader.error("code", f"'{row.code}' is used twice")
            out[row.code] = row
            return row

        out: dict[str, Row] = {}
        with self._named():
            if not self._top.tables(key, parse):
                raise self._top.error(key, "is missing")
        return MappingProxyType(out)

    def finish(self) -> None:
        """Raise where something is left over."""
        with self._named():
            self._top.finish()


def condition(r: Reader, regions: Collection[str]) -> Condition:
    """A ``[[condition]]`` of one of these regions."""
    chain = r.choice("chain", CHAINS, "")
    return Condition(
        r.text("code"),
        r.text("label"),
        r.choice("region", regions),
        r.take("needs_side", bool, False),
        r.take("has_stage", bool, False),
        r.take("has_start", bool, False),
        Chain(chain) if chain else None,
    )


def surgery(r: Reader, regions: Collection[str]) -> Surgery:
    """A ``[[surgery]]`` in one of these regions."""
    return Surgery(
        r.text("code"),
        r.text("label"),
        r.take("sided", bool, False),
        r.take("has_approach", bool, False),
        r.take("has_tear", bool, False),
        r.choice("region", regions),
    )


def finding(r: Reader, groups: Collection[str], regions: Collection[str] = ()) -> Finding:
    """A ``[[finding]]`` in one of these groups."""
    route = r.choice("route", ROUTES, "")
    return Finding(
        r.text("code"),
        r.text("label"),
        r.text("question"),
        r.choice("group", groups),
        Route(route) if route else None,
        r.take("sided", bool, False),
        r.texts("doubted_by", []),
        r.texts("about", [], regions),
    )


def red_flag(r: Reader, groups: Collection[str], regions: Collection[str] = ()) -> RedFlag:
    """A ``[[red_flag]]`` in one of these groups."""
    return RedFlag(
        r.text("code"),
        r.text("label"),
        r.text("question"),
        r.text("sign"),
        Route(r.choice("route", ROUTES)),
        r.choice("group", groups),
        r.texts("about", [], regions),
    )


def together(r: Reader, known: Collection[str]) -> Together:
    """A ``[[together]]`` of signs among these codes."""
    code = r.choice("code", known)
    others = r.texts("others", [], known)
    if not others:
        raise r.error("others", "must name at least one code")
    return Together(code, frozenset(others), Route(r.choice("route", ROUTES)), r.text("source"))


def check_doubts(findings: Mapping[str, Finding]) -> None:
    """Raise where a finding is doubted by one that does not exist."""
    for number, row in enumerate(findings.values(), start=1):
        for code in row.doubted_by:
            if code not in findings:
                raise VocabularyError(
                    "findings.toml", f"finding[{number}].doubted_by", f"'{code}' is not known"
                )
