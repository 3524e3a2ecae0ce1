"""Own exercises and templates as text: one TOML file, or one table for a spreadsheet.

Pure. Both say the same as the rows, but for drawings, which only TOML has room for. In the table a
list is one line each, and what has parts of its own is JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from clinic.parsing.foreign import read_foreign_json, read_foreign_toml
from clinic.parsing.tables import MOST_TABLE_BYTES, TableError, decoded, named_in, read_table
from clinic.spreadsheets import csv_lines
from programs.exercises.catalogue_files import built_in

_MOST_ENTRIES: Final = 300
_TOO_LARGE: Final = f"The file is larger than {MOST_TABLE_BYTES // 1000} kB. Split it."
_WHAT: Final = "What"
_DRAWING: Final = "figure"
_FIRST: Final = ("name", "slug", "summary", "steps")
_OF_PHASES: Final[dict[str, type]] = {"weeks": object, "phase": object}
"""How templates in phases are written in a cell; the catalogue has none."""
_OF_OWN: Final[dict[str, type]] = {"edition": object, "unknown": list}
"""What an exercise of a practice's own says, and no entry of the catalogue does."""


@dataclass(slots=True)
class OwnFile:
    """The tables of a file, as they stand there: nothing in them has been checked."""

    exercises: list[dict[str, Any]] = field(default_factory=list)
    templates: list[dict[str, Any]] = field(default_factory=list)


def write_toml(own: OwnFile) -> str:
    """The TOML file."""
    return toml_of({"exercise": own.exercises, "template": own.templates})


def toml_of(named: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Tables below their names, ``[[name]]`` before each."""
    parts = []
    for name, tables in named.items():
        for table in tables:
            lines = (f"{key} = {_value(value)}" for key, value in table.items())
            parts.append("\n".join((f"[[{name}]]", *lines)))
    return "\n\n".join(parts) + "\n"


def _value(value: Any) -> str:
    """A value in TOML, whose strings are those of JSON."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(v)}" for key, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        inner = [_value(v) for v in value]
        if any(isinstance(v, Mapping) for v in value):
            return "[\n" + "".join(f"  {text},\n" for text in inner) + "]"
        return "[" + ", ".join(inner) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_table(own: OwnFile) -> Iterator[bytes]:
    """The CSV file: a line an exercise or template, a column a key."""
    tables = [("exercise", t) for t in own.exercises] + [("template", t) for t in own.templates]
    keys = dict.fromkeys(key for _, table in tables for key in table if key != _DRAWING)
    columns = [*(key for key in _FIRST if key in keys), *(key for key in keys if key not in _FIRST)]
    rows = ([what, *(_cell(table.get(key)) for key in columns)] for what, table in tables)
    return csv_lines([[_WHAT, *columns], *rows])


def _cell(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return "\n".join(value)
    return json.dumps(value, ensure_ascii=False)


def read_own(text: str, *, toml: bool) -> OwnFile:
    """The tables in a file's text; ``TableError`` where it is no such file."""
    if len(text) > MOST_TABLE_BYTES:
        raise TableError(_TOO_LARGE)
    own = _from_toml(text) if toml else _from_table(text)
    count = len(own.exercises) + len(own.templates)
    if not count:
        raise TableError("There is no exercise and no template in this file.")
    if count > _MOST_ENTRIES:
        raise TableError(f"There are more than {_MOST_ENTRIES} entries. Split the file.")
    return own


def text_of(raw: bytes) -> str:
    """What the bytes of a file say; ``TableError`` where they are too many, or no text."""
    if len(raw) > MOST_TABLE_BYTES:
        raise TableError(_TOO_LARGE)
    return decoded(raw)


def _from_toml(text: str) -> OwnFile:
    data = read_foreign_toml(text)
    unknown = sorted(data.keys() - {"exercise", "template"})
    if unknown:
        raise TableError(f"“{unknown[0][:40]}” is not known. A file has exercise and template.")
    return OwnFile(tables_in(data, "exercise"), tables_in(data, "template"))


def tables_in(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Those below ``[[name]]``; ``TableError`` where something else is called so."""
    rows = data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TableError(f"Write each one below a line [[{name}]].")
    return rows


def _from_table(text: str) -> OwnFile:
    table = read_table(text.encode())
    if _WHAT not in table.columns:
        raise TableError(
            f"There is no column “{_WHAT}” in the first line. It names {named_in(table.columns)}."
        )
    own = OwnFile()
    for line in table.lines:
        what = line.cells.pop(_WHAT, "")
        if what not in ("exercise", "template"):
            raise TableError(f"Line {line.number}: “{what[:40]}” is neither exercise nor template.")
        kinds = _kinds()[what]
        try:
            row = {k: _read(v, kinds.get(k, str)) for k, v in line.cells.items() if v}
        except TableError:
            raise TableError(f"Line {line.number} has a cell that cannot be read.") from None
        (own.exercises if what == "exercise" else own.templates).append(row)
    return own


def _read(cell: str, kind: type) -> Any:
    """``str``: as it is; ``list``: a line each; ``object``: JSON."""
    if kind is str:
        return cell
    if kind is list:
        return [line.strip() for line in cell.splitlines() if line.strip()]
    return read_foreign_json(cell)


@cache
def _kinds() -> dict[str, dict[str, type]]:
    """How each key is written in a cell, by what it holds in the catalogue."""
    content = built_in()
    return {
        "exercise": {**_kinds_in(content.raw_exercises.values()), **_OF_OWN},
        "template": {**_kinds_in(content.raw_starters.values()), **_OF_PHASES},
    }


def _kinds_in(tables: Iterable[Mapping[str, Any]]) -> dict[str, type]:
    out: dict[str, type] = {}
    for table in tables:
        for key, value in table.items():
            if isinstance(value, str):
                out.setdefault(key, str)
            elif isinstance(value, list) and all(isinstance(v, str) for v in value):
                out.setdefault(key, list)
            else:
                out[key] = object
    return out
