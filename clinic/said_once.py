"""Queries that are put together once, and asked with other values from then on.

For what every page asks in the same words: Django builds and writes out a query with several
conditions anew each time, which takes longer than PostgreSQL takes to answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

ANY_NUMBER: Final = -976_431
ANY_DAY: Final = dt.date(1897, 3, 19)
ANY_TEXT: Final = "\u2058 any"
"""What stands in for a value while a query is put together; nothing else in it is equal."""


class SaidOnce:
    """One query for columns without a conversion of their own, such as keys, words and moments."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *stand_ins: object) -> None:
        """``build`` gives the query for these values, as ``values_list``; it is called once."""
        self._build, self._stand_ins = build, stand_ins

    @cached_property
    def _said(self) -> tuple[str, list[Any], list[tuple[int, int]]]:
        """The statement, its values, and which of them are replaced by which that is asked for."""
        sql, params = self._build(*self._stand_ins).query.sql_with_params()
        places = [
            (place, n)
            for place, value in enumerate(params)
            for n, stand_in in enumerate(self._stand_ins)
            if isinstance(value, type(stand_in)) and value == stand_in
        ]
        missing = set(range(len(self._stand_ins))) - {n for _, n in places}
        assert not missing, "a value that the query does not ask about"  # noqa: S101 - our own words
        return sql, list(params), places

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
        sql, given, places = self._said
        asked = list(given)
        for place, n in places:
            asked[place] = values[n]
        with connection.cursor() as cursor:
            cursor.execute(around.format(sql), [*asked, *more])
            return list(cursor.fetchall())
