"""Tables for a spreadsheet, in which nothing that somebody typed becomes a formula. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

#: What begins a formula in one program or another.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel does not read a file as UTF-8."""


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """The lines of a CSV file, encoded; the first begins with the mark that Excel needs."""
    start = BYTE_ORDER_MARK
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([_cell(value) for value in row])
        yield (start + line.getvalue()).encode()
        start = ""


def unguarded(text: str) -> str:
    """A cell's text without the apostrophe that :func:`csv_lines` put in front of it."""
    return text[1:] if text.startswith("'") and _is_computed(text[1:]) else text


def _cell(value: object) -> str:
    """The value as text, behind an apostrophe where a spreadsheet would compute it."""
    text = "" if value is None else str(value)
    is_number = isinstance(value, (int, float))
    return f"'{text}" if _is_computed(text) and not is_number else text


def _is_computed(text: str) -> bool:
    return text.lstrip(" ").startswith(_FORMULA)
