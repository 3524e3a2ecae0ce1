"""A table that somebody made in a spreadsheet, read from the bytes of a CSV file. Pure.

Excel writes semicolons where a comma is for decimals, Windows' own letters unless told otherwise,
and UTF-16 as "Unicode text". A file that is no table, or a hostile one, is refused in plain words.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from clinic.spreadsheets import unguarded

MOST_TABLE_BYTES: Final = 1_000_000
MOST_TABLE_LINES: Final = 1000
MOST_COLUMNS: Final = 60
MOST_NAMED: Final = 8
LONGEST_NAME: Final = 40
"""Of columns, and of the letters of one, that a message repeats."""
LONGEST_CELL: Final = 6000
_DELIMITERS: Final = ";,\t|"
_OTHER_KINDS: Final = (
    (b"PK\x03\x04", "This is an Excel workbook or another packed file."),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook."),
    (b"%PDF", "This is a PDF."),
)
_SAVE_AS: Final = "Save the table as CSV and choose that file."


class TableError(ValueError):
    """A file that cannot be read as a table; what is wrong, in plain words."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line below the header: where it begins in the file, and its cells by column name."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as it was read. ``columns``: its header, as typed."""

    columns: tuple[str, ...]
    lines: tuple[TableLine, ...]


def read_table(raw: bytes) -> ReadTable:
    """The table in these bytes; ``TableError`` says why it is none."""
    if len(raw) > MOST_TABLE_BYTES:
        raise TableError(
            f"The file is larger than {MOST_TABLE_BYTES // 1000} kB. Split it into several."
        )
    text = _without_separator_line(decoded(raw))
    rows = _rows(text, _delimiter(text))
    number, header = next(rows, (0, []))
    columns = tuple(" ".join(cell.split()) for cell in header)
    if not any(columns):
        raise TableError("The file is empty. Its first line must name the columns.")
    if len(columns) > MOST_COLUMNS:
        raise TableError(f"There are more than {MOST_COLUMNS} columns.")
    named = [name.casefold() for name in columns if name]
    for name in named:
        if named.count(name) > 1:
            raise TableError(f"Line {number}: two columns are called “{name[:40]}”.")
    return ReadTable(columns, tuple(_lines(rows, columns)))


def named_in(columns: Sequence[str]) -> str:
    """The columns of a table as a message repeats them, so that a misspelt one is found."""
    names = [f"“{name[:LONGEST_NAME]}”" for name in columns if name]
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def decoded(raw: bytes) -> str:
    """The text in these bytes, whichever usual program wrote them."""
    for start, what in _OTHER_KINDS:
        if raw.startswith(start):
            raise TableError(f"{what} {_SAVE_AS}")
    text = _decoded(raw)
    bad = next((c for c in text if ord(c) < 32 and c not in "\t\r\n"), None)
    if bad is not None:
        line = text[: text.index(bad)].count("\n") + 1
        raise TableError(f"Line {line} has a character that is no text. {_SAVE_AS}")
    return text


def _decoded(raw: bytes) -> str:
    for encoding in _encodings(raw):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError(f"The file is no text that we can read. {_SAVE_AS}")


def _encodings(raw: bytes) -> tuple[str, ...]:
    """What to try, by how the file begins; Windows' own letters last."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\0" in raw[:2000]:
        # Western letters in two bytes each: which of the two is empty tells the order.
        return ("utf-16-le",) if raw[1:2] == b"\0" else ("utf-16-be",)
    return ("utf-8", "cp1252")


def _without_separator_line(text: str) -> str:
    """Excel's own first line ``sep=;`` says nothing that the header does not."""
    first, _, rest = text.partition("\n")
    return rest if first.strip().lower()[:4] == "sep=" else text


def _delimiter(text: str) -> str:
    """What stands most often in the header, outside of quotation marks."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    plain = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=plain.count)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that says something, with the number at which it begins in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins, count = 1, 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            said = "a quotation mark is open, or stands where none can"
            raise TableError(f"Line {begins}: {said}.") from None
        if any(cell.strip() for cell in row):
            count += 1
            if count > MOST_TABLE_LINES + 1:
                raise TableError(f"There are more than {MOST_TABLE_LINES} lines. Split the file.")
            yield begins, row
        begins = reader.line_num + 1


def _lines(rows: Iterator[tuple[int, list[str]]], columns: tuple[str, ...]) -> Iterator[TableLine]:
    for number, row in rows:
        if any(cell.strip() for cell in row[len(columns) :]):
            raise TableError(f"Line {number} has more cells than there are columns.")
        cells = {
            name: _cell(number, cell) for name, cell in zip(columns, row, strict=False) if name
        }
        yield TableLine(number, cells)


def _cell(number: int, cell: str) -> str:
    if len(cell) > LONGEST_CELL:
        raise TableError(f"Line {number} has a cell of more than {LONGEST_CELL} characters.")
    return unguarded(cell.strip())
