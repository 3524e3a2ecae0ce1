"""A table judged in one test: every row is tried, and each that fails is told with its values.

For rows that cost less than what a test of its own costs, about 2 ms, and that change nothing:
whatever else the test asks for is the same for all of them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Final

import pytest

LONGEST: Final = 400
"""Characters that are told of a row."""
Check = Callable[..., None]


def every(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Check], Check]:
    """Like ``pytest.mark.parametrize``, in one test. A single name takes its rows as they are.

    Raises ``ValueError`` where there are no rows: nothing would be tested.
    """
    single = isinstance(names, str)
    keys = (names,) if isinstance(names, str) else names
    table = [dict(zip(keys, (row,) if single else row, strict=True)) for row in rows]
    if not table:
        raise ValueError("a table without rows tests nothing")

    def judged(check: Check) -> Check:
        @wraps(check)
        def test(**given: Any) -> None:
            wrong: list[BaseException] = []
            for row in table:
                try:
                    check(**row, **given)
                except (Exception, pytest.fail.Exception) as error:
                    told = ", ".join(f"{key}={value!r}" for key, value in row.items())
                    error.add_note(f"in the row {told[:LONGEST]}")
                    wrong.append(error)
            if wrong:
                what = f"{len(wrong)} of {len(table)} rows of {check.__name__} fail"
                raise BaseExceptionGroup(what, wrong)

        asked = inspect.signature(check)
        rest = [p for name, p in asked.parameters.items() if name not in keys]
        test.__signature__ = asked.replace(parameters=rest)  # type: ignore[attr-defined]
        return test

    return judged
