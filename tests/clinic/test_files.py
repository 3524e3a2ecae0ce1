"""Files to take away: zips made part by part, and tables in which nothing becomes a formula."""

import csv
import io
from collections.abc import Iterator
from zipfile import ZipFile

from clinic.files import zipped
from clinic.spreadsheets import csv_lines
from tests.every_row import every


def test_a_zip_is_sent_while_it_is_made() -> None:
    """Whatever is asked for is there: the next file is not begun before the last one is sent."""
    begun: list[str] = []

    def files() -> Iterator[tuple[str, list[bytes]]]:
        for name in ("one", "two", "three"):
            begun.append(name)
            yield name, [name.encode() * 100_000]

    parts = zipped(files())
    first = next(parts)
    assert begun == ["one"]
    whole = ZipFile(io.BytesIO(first + b"".join(parts)))
    assert whole.testzip() is None
    assert whole.read("three") == b"three" * 100_000


def test_a_long_file_is_never_in_memory_as_a_whole() -> None:
    made = 0

    def content() -> Iterator[bytes]:
        nonlocal made
        for number in range(1000):
            made += 1
            yield (str(number) * 3000).encode()

    parts = zipped([("long", content())])
    next(parts)
    assert made < 1000
    assert max(len(part) for part in parts) < 100_000


@every(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("+44 20", "'+44 20"),
        ("-a", "'-a"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        (-4, "-4"),
        (None, ""),
        ("Anne-Marie", "Anne-Marie"),
        # Where a semicolon ends a cell, and where a new line then ends a row.
        ('a;=HYPERLINK("//x")', 'a;\'=HYPERLINK("//x")'),
        ("a\n=1\n-2", "a\n'=1\n'-2"),
        ("a; b\nc - d", "a; b\nc - d"),
    ],
)
def test_nothing_that_is_typed_becomes_a_formula(value: object, cell: str) -> None:
    text = b"".join(csv_lines([[value, "next"]])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [[cell, "next"]]
