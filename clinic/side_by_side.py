"""Rows of several tables that one statement of our own words reads side by side.

For what is asked with every request: Django writes a statement with all columns of five tables
anew each time, which takes as long as everything else about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

_Row = TypeVar("_Row", bound=models.Model)
_Convert = Callable[[Any, Any, Any], Any]


@cache
def columns_of(model: type[models.Model], table: str) -> str:
    """All columns of a model, as a statement names them; ``table``: its name in the statement."""
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)


def row_of(model: type[_Row], answer: Iterator[Any]) -> _Row:
    """The row whose columns come next in an answer."""
    names, converters = _shape(model)
    values = [next(answer) for _ in names]
    for place, converts in converters:
        for convert in converts:
            values[place] = convert(values[place], None, connection)
    row: _Row = model.from_db(DEFAULT_DB_ALIAS, names, values)
    return row


@cache
def _shape(model: type[models.Model]) -> tuple[list[str], list[tuple[int, Sequence[_Convert]]]]:
    """The attributes of a row, and where what the database gives is not yet what they hold."""
    fields = model._meta.concrete_fields
    found = [(place, field.get_db_converters(connection)) for place, field in enumerate(fields)]
    return [field.attname for field in fields], [pair for pair in found if pair[1]]
