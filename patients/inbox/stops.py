"""Open red flags of many cases, in one statement whose plan the database keeps.

The same as ``ScreenAnswer.objects.open_stops``, which is for a few; a test holds them equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from clinic.models import Practice
from patients import questions, vocabulary
from patients.vocabulary import Route

_PAIRS: Final = [
    (group.code, other)
    for group in vocabulary.TOGETHER
    if group.route in vocabulary.STOPPING_ROUTES
    for other in sorted(group.others)
]
_ALONE: Final = sorted(vocabulary.STOPPING_CODES)
_MAY: Final = sorted(
    {*_ALONE, *(code for pair in _PAIRS for code in pair)} - questions.MERGED.keys()
)
_LISTS: Final = (_MAY, _ALONE, [first for first, _ in _PAIRS], [second for _, second in _PAIRS])
_EMERGENCIES: Final = [code for code in _MAY if vocabulary.stop_route(code) is Route.EMERGENCY]


@dataclass(frozen=True, slots=True)
class CaseStop:
    """The red flags that stop a case, when the latest was answered yes, and how urgent it is."""

    codes: list[str]
    at: datetime
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """One of them: its answer on the screen, and who told it beside the patient."""

    case: UUID
    code: str
    pk: int
    helper: str


def gravest(practice: Practice, most: int | None) -> tuple[dict[UUID, CaseStop], bool]:
    """By case, the gravest first, then the latest: what nobody was told of as an open alert.

    ``most``: so many flags are looked at, with all others of their cases; None: all. The second
    value says whether those are all there are.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT of_case, array_to_string(flags, ' '), at, is_emergency, whole "
            "FROM patients_gravest_stops(%s, %s, %s, %s, %s, %s, %s)",
            [practice.pk, *_LISTS, _EMERGENCIES, most],
        )
        rows = cursor.fetchall()
    found = {case: CaseStop(codes.split(), *said) for case, codes, *said, _ in rows}
    return found, all(row[-1] for row in rows)


def flags_of(practice: Practice, cases: Sequence[UUID]) -> list[OpenFlag]:
    """The open red flags of these cases of the practice, in the order of their answers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT of_case, flag, pk, helper FROM patients_stops_of(%s, %s, %s, %s, %s, %s)",
            [practice.pk, list(cases), *_LISTS],
        )
        return [OpenFlag(*row) for row in cursor.fetchall()]
