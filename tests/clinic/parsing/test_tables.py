"""Tables as Excel and other programs save them, and files that are none."""

import pytest

from clinic.parsing.tables import (
    LONGEST_CELL,
    MOST_TABLE_BYTES,
    MOST_TABLE_LINES,
    TableError,
    read_table,
)
from clinic.spreadsheets import csv_lines
from tests.every_row import every

TEXT = "Name;Born\r\nZoë O’Brien;1960-11-20\r\n"
WHOLE = [("Zoë O’Brien", "1960-11-20")]


def rows(raw: bytes) -> list[tuple[str, ...]]:
    return [tuple(line.cells.values()) for line in read_table(raw).lines]


@every(
    "raw",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode("utf-16"),
        b"sep=;\r\n" + TEXT.encode(),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\n\n").encode(),
    ],
)
def test_what_usual_programs_write_is_read(raw: bytes) -> None:
    assert rows(raw) == WHOLE


def test_quoted_cells_keep_separators_and_line_ends_and_the_numbers_are_the_file_s() -> None:
    table = read_table(b'Name,Notes\n"Lee, Ann","one\ntwo"\n\nBo,\n')
    assert [(line.number, *line.cells.values()) for line in table.lines] == [
        (2, "Lee, Ann", "one\ntwo"),
        (5, "Bo", ""),
    ]


def test_an_apostrophe_that_kept_a_formula_harmless_goes_and_others_stay() -> None:
    raw = b"Phone,Name\n'+44 20 7946 0018,'t Hooft\n"
    assert rows(raw) == [("+44 20 7946 0018", "'t Hooft")]


@every(
    ("raw", "said"),
    [
        (b"", "The file is empty."),
        (b" \n;;\n", "The file is empty."),
        (b"PK\x03\x04rest", "This is an Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "This is an old Excel workbook."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"Name\nAnn\x00Lee\n", "no text"),
        (b"Name\n\nAnn\x1b[31m\n", "Line 3 has a character that is no text."),
        (b"\xff\xfeN\x00a", "no text that we can read"),
        (b"\xef\xbb\xbfName\n\xff\n", "no text that we can read"),
        (b"Name\n\x81\n", "no text that we can read"),
        (b'Name\n"Ann\n', "Line 2: a quotation mark is open"),
        (b'Name\n"Ann"x\n', "Line 2: a quotation mark is open, or stands where none can."),
        (b"Name,name\nAnn,Bo\n", "Line 1: two columns are called"),
        (b"Name,Born\nAnn,1,2\n", "Line 2 has more cells than there are columns."),
        (b"N," * 61 + b"\nA", "There are more than 60 columns."),
        (b"x" * (MOST_TABLE_BYTES + 1), "larger than 1000 kB"),
        (b"N\n" + b"a\n" * (MOST_TABLE_LINES + 1), "There are more than 1000 lines."),
        (b"N\n" + b"a" * (LONGEST_CELL + 1), "Line 2 has a cell of more than 6000 characters."),
        (b"N\n" + b"a" * 200_000, "Line 2"),
    ],
)
def test_what_is_no_table_is_refused_in_words(raw: bytes, said: str) -> None:
    with pytest.raises(TableError) as caught:
        read_table(raw)
    assert said in str(caught.value)


@every(
    "typed",
    ["=1+1", "  =1+1", "-2", "@all", "＝1", "'quoted'", "plain", "=a;=b\n-c", "a|+b", "a;b\nc"],
)
def test_what_goes_out_as_a_table_comes_back_as_it_was(typed: str) -> None:
    table = read_table(b"".join(csv_lines([["A"], [typed]])))
    assert table.lines[0].cells["A"] == typed
