"""Tables for a spreadsheet, in which nothing that somebody typed becomes a formula. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

#: What begins a formula in one program or another.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BEGINS = "=+@＝＋－＠-"
_INSIDE = re.compile(rf"([;|\t\r\n])(?=[{_BEGINS}])")
_GUARDED = re.compile(rf"([;|\t\r\n])'(?=[{_BEGINS}])")
"""Where a country writes commas in numbers, Excel takes a semicolon for the end of a cell, and then
a new line in the middle of one for the end of a row, quotation marks or not."""
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
    """A cell's text without the apostrophes that :func:`csv_lines` put into it."""
    text = text[1:] if text.startswith("'") and _is_computed(text[1:]) else text
    return _GUARDED.sub(r"\1", text)


def _cell(value: object) -> str:
    """The value as text, behind an apostrophe where a spreadsheet would compute it."""
    text = "" if value is None else str(value)
    if isinstance(value, (int, float)):
        return text
    text = _INSIDE.sub(r"\1'", text)
    return f"'{text}" if _is_computed(text) else text


def _is_computed(text: str) -> bool:
    return text.lstrip(" ").startswith(_FORMULA)
