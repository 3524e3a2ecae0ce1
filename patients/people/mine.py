"""A clinician's own patients: registered by them, with a case of theirs, or with such a part.

The latest touched first, from a key on. Whoever works in a practice has some among those that were
touched last, so these are looked through first, as far as ``_WALKED``; where they are not enough,
all of the clinician's own are read and put in order. So a page costs the same whether a clinician
has twenty patients or two thousand.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from clinic.models import Practice, User
from clinic.said_once import ANY_KEYS, ANY_NUMBER, SaidOnce
from clinic.stretches import RowKey, Stretch, stretch_by
from patients.models import Patient

_WALKED: Final = 2000
"""Patients of the practice that are looked through, the nearest to the key first."""
_ACTIVE: Final = """
SELECT id, touched_at, created_by_id FROM patients_patient
WHERE practice_id = %(practice)s AND archived_at IS NULL AND merged_into_id IS NULL{begin}
"""
# OFFSET 0: asked for each patient that is looked at, and not for all that the clinician has.
_MINE: Final = """
WITH recent AS MATERIALIZED (
    SELECT p.id, p.touched_at FROM ({active} ORDER BY {order} LIMIT %(walked)s) p
    WHERE p.created_by_id = %(user)s
        OR EXISTS (SELECT FROM patients_case c WHERE c.patient_id = p.id
            AND c.practice_id = %(practice)s AND c.clinician_id = %(user)s OFFSET 0)
        OR EXISTS (SELECT FROM patients_patient part WHERE part.merged_into_id = p.id
            AND part.practice_id = %(practice)s AND part.created_by_id = %(user)s OFFSET 0)
    ORDER BY {order} LIMIT %(count)s),
enough AS (SELECT count(*) >= %(count)s AS yes FROM recent),
every AS (
    SELECT p.id, p.touched_at FROM ({active}) p WHERE NOT (SELECT yes FROM enough) AND p.id IN (
        SELECT id FROM patients_patient
        WHERE practice_id = %(practice)s AND created_by_id = %(user)s
        UNION SELECT merged_into_id FROM patients_patient
        WHERE practice_id = %(practice)s AND created_by_id = %(user)s
            AND merged_into_id IS NOT NULL
        UNION SELECT patient_id FROM patients_case
        WHERE practice_id = %(practice)s AND clinician_id = %(user)s)
    ORDER BY {order} LIMIT %(count)s)
SELECT id FROM recent WHERE (SELECT yes FROM enough) UNION ALL SELECT id FROM every
"""
_DOWN: Final = "touched_at DESC, id"
_UP: Final = "touched_at, id DESC"
# The first condition alone lets the index begin there.
_BEHIND: Final = """
 AND touched_at <= %(at)s AND (touched_at < %(at)s OR touched_at = %(at)s AND id > %(id)s)"""
_AHEAD: Final = """
 AND touched_at >= %(at)s AND (touched_at > %(at)s OR touched_at = %(at)s AND id < %(id)s)"""


def my_patients(request: HttpRequest, practice: Practice, user: User, *, size: int) -> Stretch:
    """The stretch of them that the address asks for, each with its ``open_cases``; two queries."""

    def read(key: RowKey | None, up: bool, count: int) -> list[Patient]:
        return _patients(practice, _keys(practice, user, count, key, up=up))

    return stretch_by(request, read, lambda row: RowKey(row.touched_at, row.pk), size=size)


def first_of_mine(practice: Practice, user: User, count: int) -> list[Patient]:
    """So many that were touched last; two queries."""
    return _patients(practice, _keys(practice, user, count, None, up=False))


def _keys(
    practice: Practice, user: User, count: int, key: RowKey | None, *, up: bool
) -> list[UUID]:
    begin = "" if key is None else _AHEAD if up else _BEHIND
    order = _UP if up else _DOWN
    values: dict[str, Any] = {
        "practice": practice.pk,
        "user": user.pk,
        "count": count,
        "walked": _WALKED,
    }
    if key is not None:
        values |= {"at": key.at, "id": key.id}
    with connection.cursor() as cursor:
        cursor.execute(_MINE.format(active=_ACTIVE.format(begin=begin), order=order), values)
        return [pk for (pk,) in cursor.fetchall()]


def _patients(practice: Practice, keys: list[UUID]) -> list[Patient]:
    """In this order; one that was erased meanwhile is left out."""
    found = {row.pk: row for row in _ROWS.objects(practice.pk, keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def _rows(practice: int, keys: list[UUID]) -> QuerySet[Any, Any]:
    rows = Patient.objects.filter(practice=practice, pk__any_of=keys)
    return rows.order_by().with_case_counts()


_ROWS: Final = SaidOnce(_rows, ANY_NUMBER, ANY_KEYS)
