"""TOML and JSON in a file that somebody chose: read within bounds, nothing but plain values. Pure.

The parsers of the standard library take a number of a million digits, a table in a table ten
thousand times over, and for a key of that many parts an hour. Nothing of the sort is written by
hand or by this site.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from clinic.parsing.tables import TableError

_DEEPEST: Final = 16
_LARGEST: Final = 2**53
"""Beyond it not every program reads a whole number as it is written."""
_PART: Final = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_LONG_KEY: Final = re.compile(
    rf"(?:^[ \t]*+\[{{0,2}}+|[{{,])[ \t]*+(?:{_PART}){{{_DEEPEST}}}", re.MULTILINE
)
"""Nothing in it is tried twice: it takes as long as the text is."""
_TOO_DEEP: Final = "The file is nested too deeply."


def read_foreign_toml(text: str) -> dict[str, Any]:
    """The tables in a text; ``TableError`` where it is no TOML, or goes beyond all bounds."""
    if _LONG_KEY.search(text):
        raise TableError(_TOO_DEEP)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise TableError(_TOO_DEEP) from None
    except ValueError as error:
        raise TableError(f"The file cannot be read as TOML: {str(error)[:120]}") from None
    _check(data)
    return data


def read_foreign_json(text: str) -> Any:
    """The value in a text; ``TableError`` where it is no JSON, or goes beyond all bounds."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise TableError(_TOO_DEEP) from None
    except ValueError:
        raise TableError("It cannot be read as JSON.") from None
    _check(value)
    return value


def _check(value: Any) -> None:
    """``TableError`` where something in it could not be stored and written again as it is."""
    level = [value]
    for _ in range(_DEEPEST):
        for found in level:
            _check_one(found)
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise TableError(_TOO_DEEP)


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _check_one(value: Any) -> None:
    if isinstance(value, str):
        if any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in value):
            raise TableError("Something in the file has a character that is no text.")
    elif isinstance(value, int | float) and not -_LARGEST < value < _LARGEST:
        raise TableError("There is a number in the file that is too large, or no number.")
