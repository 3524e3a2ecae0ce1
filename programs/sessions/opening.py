"""A case opened for what is to be stored or judged: locked, with what is known of it before.

Whoever writes logs of a case or judges them holds the same two rows, one after the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import connection

from clinic.side_by_side import columns_of, row_of
from patients.models import Case, CaseResponse
from patients.record.facts import BASELINE
from programs.exercises.library import Library, library_from
from programs.sessions.prescribed import PrescribedVersion, versions_from

_READ: Final = ("archived_at", "directional_preference", *BASELINE)
"""Columns of the case that its history holds, and whether it is archived; read under the lock."""


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """The case's kept answer, locked; its versions; and what of a batch is here by now.

    ``seen``: ids of the batch that are stored already. ``received``: how many rows came within the
    day before it. ``library``: what its practice prescribes from.
    """

    kept: CaseResponse
    versions: list[PrescribedVersion]
    seen: set[UUID]
    received: int
    library: Library


def lock(case: Case) -> CaseResponse:
    """The kept answer of the case, locked until the transaction ends; made where there is none.

    The case's own row comes first, as in every change of a case, so that nobody waits in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute(_lock(), [case.pk])
        found = cursor.fetchone()
    if found is not None:
        answer = iter(found)
        return _read_anew(row_of(CaseResponse, answer), case, list(answer))
    now = Case.objects.select_for_update(no_key=True).only(*_READ).get(pk=case.pk)
    kept = CaseResponse.objects.select_for_update().filter(case=case).first()
    kept = kept or CaseResponse.objects.create(case=case)
    return _read_anew(kept, case, [getattr(now, name) for name in _READ])


def open_case(
    case: Case, symptoms: Collection[UUID], exercises: Collection[UUID], now: dt.datetime
) -> OpenedCase:
    """The same, with what a batch that came ``now`` has to be held against; one statement.

    ``symptoms``, ``exercises``: ids of the logs in it.
    """
    asked: list[Any] = [case.pk, list(symptoms), list(exercises), now - dt.timedelta(days=1), now]
    with connection.cursor() as cursor:
        cursor.execute(_statement(), asked)
        found = cursor.fetchone()
        if found is None:
            lock(case)
            cursor.execute(_statement(), asked)
            found = cursor.fetchone()
    answer = iter(found)
    kept = row_of(CaseResponse, answer)
    facts: list[Any] = [next(answer) for _ in _READ]
    versions, seen, received, library = answer
    return OpenedCase(
        _read_anew(kept, case, facts),
        versions_from(versions),
        set(seen),
        received,
        library_from(library, case.practice),
    )


@cache
def _lock() -> str:
    """Both rows in one statement, which locks them in the order in which they are named."""
    columns = [columns_of(CaseResponse, "kept"), *(f"c.{name}" for name in _READ)]
    return (
        f"SELECT {', '.join(columns)} "  # noqa: S608 - our own names
        "FROM patients_case c JOIN patients_caseresponse kept ON kept.case_id = c.id "
        "WHERE c.id = %s FOR NO KEY UPDATE OF c FOR UPDATE OF kept"
    )


@cache
def _statement() -> str:
    kept = columns_of(CaseResponse, "(o.kept)")
    facts = ", ".join(f'(o.c)."{name}"' for name in _READ)
    return (
        f"SELECT {kept}, {facts}, o.versions, o.seen, o.received, o.library "  # noqa: S608 - our own names
        "FROM programs_open_case(%s, %s::uuid[], %s::uuid[], %s, %s) o"
    )


def _read_anew(kept: CaseResponse, case: Case, facts: list[Any]) -> CaseResponse:
    for name, value in zip(_READ, facts, strict=True):
        setattr(case, name, value)
    kept.case = case
    return kept
