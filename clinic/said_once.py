"""Queries that are put together once, and asked with other values from then on.

For what every page asks in the same words: Django builds and writes out a query with several
conditions anew each time, which takes longer than PostgreSQL takes to answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from copy import copy
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, ForeignObject, Lookup, QuerySet, prefetch_related_objects
from django.db.models.query import ModelIterable

ANY_NUMBER: Final = -976_431
ANY_DAY: Final = dt.date(1897, 3, 19)
ANY_MOMENT: Final = dt.datetime(1897, 3, 19, 7, 11, 13, tzinfo=dt.UTC)
ANY_KEY: Final = UUID("97643118-9703-4190-8711-13a431da9764")
ANY_TEXT: Final = "\u2058 any"
"""What stands in for a value while a query is put together; nothing else in it is equal."""
ANY_KEYS: Final = [ANY_TEXT]
ANY_WORDS: Final = [ANY_TEXT, ANY_TEXT]
"""The same for lists that ``any_of`` compares with."""


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(Lookup):
    """``case__any_of=[…]``: as ``__in`` with keys, in the same words however many there are."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """``column = ANY (list)``."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY (%s)", [*params, self.rhs]


class SaidOnce:
    """One query: for columns without a conversion of their own, such as keys, words and moments, as
    ``values_list``, or for whole rows.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *stand_ins: object) -> None:
        """``build`` gives the query for these values; it is called once."""
        self._build, self._stand_ins = build, stand_ins

    @cached_property
    def _compiled(self) -> tuple[QuerySet[Any, Any], Any, str, list[Any]]:
        """The query, what has put it together, its words and their values."""
        query = self._build(*self._stand_ins)
        compiler = query.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return query, compiler, sql, list(params)

    @cached_property
    def _said(self) -> tuple[str, list[Any], list[tuple[int, int]]]:
        """The statement, its values, and which of them are replaced by which that is asked for."""
        _, _, sql, params = self._compiled
        places = [
            (place, n)
            for place, value in enumerate(params)
            for n, stand_in in enumerate(self._stand_ins)
            if isinstance(value, type(stand_in)) and value == stand_in
        ]
        missing = set(range(len(self._stand_ins))) - {n for _, n in places}
        assert not missing, "a value that the query does not ask about"  # noqa: S101 - our own words
        return sql, params, places

    def _asked(self, values: tuple[object, ...]) -> tuple[str, list[Any]]:
        """The statement and the values for these."""
        sql, given, places = self._said
        asked = list(given)
        for place, n in places:
            asked[place] = values[n]
        return sql, asked

    def objects(self, *values: object) -> list[Any]:
        """The rows as the query itself would give them, with what it reads beside each."""
        query, put_together, *_ = self._compiled
        said = self._asked(values)
        compiler = copy(put_together)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_, **__: said
        asking: Any = SimpleNamespace(
            db=DEFAULT_DB_ALIAS,
            model=query.model,
            query=SimpleNamespace(get_compiler=lambda using: compiler),
            _known_related_objects={},
        )
        found: list[Any] = list(ModelIterable(asking))
        prefetch_related_objects(found, *getattr(query, "_prefetch_related_lookups", ()))
        return found

    def rows(self, *values: object) -> list[tuple[Any, ...]]:
        """The rows for these values, in the order of the stand-ins."""
        return self.rows_in("{}", values)

    def rows_of(self, column: str, keys: list[Any], *values: object) -> list[tuple[Any, ...]]:
        """The same, and only those whose ``column`` is one of these keys.

        It has the name by which ``values_list`` asks for it.
        """
        within = f'SELECT * FROM ({{}}) AS said WHERE said."{column}" = ANY (%s)'  # noqa: S608
        return self.rows_in(within, values, keys)

    def rows_in(self, around: str, values: tuple[object, ...], *more: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement that has the query in its middle, and more values behind it."""
        sql, asked = self._asked(values)
        with connection.cursor() as cursor:
            cursor.execute(around.format(sql), [*asked, *more])
            return list(cursor.fetchall())
