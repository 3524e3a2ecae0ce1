"""What a form makes has the number that its page was given, so that sent twice it is made once.

Other words under an old number, from a page that somebody went back to, are no second click: they
make a row of their own, so that nothing typed is lost. Its number follows from both, and sent twice
it is made once, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID, uuid4, uuid5

from django.db.models import Model, QuerySet

_Row = TypeVar("_Row", bound=Model)


def made_before(
    token: UUID | None,
    words: tuple[object, ...],
    *,
    held: Callable[[UUID], QuerySet[_Row]],
    same: Callable[[_Row], bool],
) -> tuple[_Row | None, UUID]:
    """The row that this form has made already, or None; and the number for a new one.

    ``token``: the number that the page was given. ``words``: what it says, in a form whose ``repr``
    is the same each time. ``held``: the row of a number, if any; ``same``: whether it says these
    words.
    """
    for number in (token, uuid5(token, repr(words))) if token else ():
        row = held(number).first()
        if row is None or same(row):
            return row, number
    return None, uuid4()
