"""Rows that one statement of our own words reads side by side, or writes.

For what is asked with every request: Django writes a statement with all columns of five tables
anew each time, which takes as long as everything else about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, models

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


def insert(row: models.Model) -> None:
    """Add the row, as ``save(force_insert=True)`` does; its key is made by the database."""
    insert_all([row])


def insert_all(rows: Sequence[models.Model]) -> None:
    """Add these rows of one model in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(*inserting(rows))
        inserted(rows, cursor)


def inserting(rows: Sequence[models.Model]) -> tuple[str, list[Any]]:
    """The statement that adds these rows of one model, for whoever sends it along; and its values.

    What it answers is for ``inserted``.
    """
    statement, places, fields, key = _insertion(type(rows[0]))
    values = [value for row in rows for value in _values(row, fields, adding=True)]
    return f"{statement} {', '.join([places] * len(rows))} {key}", values


def inserted(rows: Sequence[models.Model], cursor: Any) -> None:
    """The rows with the keys that the database has given them, in the same order."""
    for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: models.Model, names: tuple[str, ...]) -> None:
    """Write these columns of the row, as ``save(update_fields=…)`` does.

    Raises ``DatabaseError`` where the row is not there.
    """
    statement, fields = _change(type(row), names)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_values(row, fields, adding=False), row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError("What was to be changed is not there.")


def _values(row: models.Model, fields: Sequence[models.Field[Any, Any]], adding: bool) -> list[Any]:
    return [
        field.get_db_prep_save(field.pre_save(row, adding), connection=connection)
        for field in fields
    ]


@cache
def _insertion(
    model: type[models.Model],
) -> tuple[str, str, list[models.Field[Any, Any]], str]:
    """The statement that adds rows: its beginning, the places of one row, and its end.

    And the fields whose values it takes.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    key, table = model._meta.pk.column, model._meta.db_table
    # Our own names.
    return f"INSERT INTO {table} ({columns}) VALUES", f"({places})", fields, f'RETURNING "{key}"'


@cache
def _change(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[str, list[models.Field[Any, Any]]]:
    """The statement that changes a row by its key, and the fields whose values it takes."""
    fields = [field for field in model._meta.concrete_fields if field.name in names]
    parts = ", ".join(f'"{field.column}" = %s' for field in fields)
    key = model._meta.pk.column
    return f'UPDATE {model._meta.db_table} SET {parts} WHERE "{key}" = %s', fields  # noqa: S608
