"""One reader, and what it says to each who reads it."""

from collections.abc import Callable
from typing import Any

import pytest

from clinic.parsing.errors import CASE, FILE, HISTORY, FactsError, ReadError, Voice
from clinic.parsing.reader import Reader, read_json, read_toml
from programs.exercises.dosage import Dosage
from tests.every_row import every


def says(voice: Voice, table: Any, read: Callable[[Reader], object], **more: Any) -> str:
    with pytest.raises(ReadError) as error:
        read(Reader(table, voice=voice, **more))
    assert isinstance(error.value, voice.error)
    return str(error.value)


@every(
    ("voice", "no_table", "unknown"),
    [
        (FILE, "file: must be a table", "ö: is not a known key"),
        (CASE, "the case: must be an object", "ö: unknown key; allowed: b, a"),
        (HISTORY, "the history: must be an object", "\\xf6: unknown key; allowed: b, a"),
    ],
)
def test_a_whole_that_is_none_and_a_key_nobody_knows(
    voice: Voice, no_table: str, unknown: str
) -> None:
    assert says(voice, [], Reader.finish) == no_table
    assert says(voice, {"a": 1, "ö": 2}, Reader.finish, known=("b", "a")) == unknown


@every(
    ("voice", "table", "choice", "number"),
    [
        (FILE, {}, "k: is missing", "k: must be "),
        (FILE, {"k": "x"}, "k: 'x' is not known; allowed: a, b", "k: must be "),
        (FILE, {"k": 1.5}, "k: must be of type text", "k: must be "),
        (CASE, {}, "k: is missing; allowed: b, a", "k: must be "),
        (CASE, {"k": None}, "k: None is not allowed; allowed: b, a", "k: must be "),
        (CASE, {"k": True}, "k: True is not allowed; allowed: b, a", "k: must be "),
        (HISTORY, {}, "k: is missing; allowed: b, a", "k: is missing; allowed: "),
        (HISTORY, {"k": None}, "k: is missing; allowed: b, a", "k: is missing; allowed: "),
        (HISTORY, {"k": 9}, "k: 9 is not allowed; allowed: b, a", "k: 9 is not allowed; allowed: "),
        (
            HISTORY,
            {"k": "x" * 99},
            "k: this value is not allowed; allowed: b, a",
            "k: this value is not allowed; allowed: ",
        ),
    ],
)
def test_a_value_that_is_missing_or_not_allowed(
    voice: Voice, table: dict[str, Any], choice: str, number: str
) -> None:
    said = says(voice, table, lambda r: r.choice("k", ("b", "a")))
    assert said == choice
    said = says(voice, table, lambda r: r.whole("k", 0, 3))
    assert said == f"{number}a whole number from 0 to 3"


def test_what_may_be_left_out() -> None:
    for voice in (FILE, CASE, HISTORY):
        assert Reader({}, voice=voice).choice("k", ("a",), "") == ""
        assert Reader({}, voice=voice).number("k", 0, 3) is None
    assert Reader({"k": None}, voice=HISTORY).choice("k", ("a",), "") == ""
    # A case that says null where a word belongs is not a case without the word.
    assert says(CASE, {"k": None}, lambda r: r.choice("k", ("a",), "")).startswith("k: None is not")


def test_rows_are_read_one_after_the_other_and_named_by_their_place() -> None:
    rows = Reader({"rows": [{"k": "z"}, 1]}, voice=CASE).objects("rows", ("k",))
    assert next(rows).key("k") == "rows[0].k"
    with pytest.raises(FactsError, match=r"^rows\[1\]: must be an object$"):
        next(rows)


@every(
    ("data", "line"),
    [
        (b'{"a": 1, "a": 2}', "a: is given twice"),
        (b"NaN", "this is not valid JSON: NaN is not a JSON value"),
        (b"{", "this is not valid JSON: Expecting property name enclosed in double quotes"),
        (b"\xff", "this is not valid JSON: 'utf-8' codec can't decode byte 0xff"),
    ],
)
def test_what_is_no_json_is_told_in_one_line(data: bytes, line: str) -> None:
    with pytest.raises(FactsError) as error:
        read_json(data, "this", FactsError)
    assert str(error.value).startswith(line)
    assert "\n" not in str(error.value)


@every("data", [b"a = ", b"a = 1\na = 2", b"\xff"])
def test_what_is_no_toml_is_told_of_the_file(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^file: cannot be read as TOML: "):
        read_toml(data)


@every("data", [None, 3, "reps", ["reps"]])
def test_a_dose_that_is_no_table_is_refused_as_a_whole(data: Any) -> None:
    with pytest.raises(ReadError, match=r"^dosage: must be a table$"):
        Dosage.from_dict(data)
