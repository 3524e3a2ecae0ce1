"""Asks across practices what ``clinic.wall.passage_list`` allows: whose, or where something is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

Whose = tuple[int, UUID]


def case_of_token(token_hash: str) -> Whose | None:
    """Whose link this is, by the hash of its token."""
    return _whose("wall_case_of_token", token_hash)


def case_of_code(code_hashes: Collection[str]) -> Whose | None:
    """Whose code this is, by its hash under one of the keys."""
    return _whose("wall_case_of_code", list(code_hashes))


def case_of_letter(token_hash: str) -> Whose | None:
    """Whose reminder is confirmed or stopped with the token of this hash."""
    return _whose("wall_case_of_letter", token_hash)


def case_of_calendar(token_hash: str) -> Whose | None:
    """Whose calendar has the token of this hash."""
    return _whose("wall_case_of_calendar", token_hash)


def practice_of_program(program: UUID | str) -> int | None:
    """Whose program it is."""
    return _ask("wall_practice_of_program", program)[0][0]


def practice_of_invitation(token_hash: str) -> int | None:
    """Which practice asks, by the hash of its link."""
    found = _numbers("wall_practice_of_invitation", token_hash)
    return found[0] if found else None


def practices() -> list[tuple[int, str]]:
    """Every practice, with its time zone."""
    return _ask("wall_practices")


def practices_with_alert_mail(now: dt.datetime) -> list[int]:
    """Those with a letter about an alert that is to be tried."""
    return _numbers("wall_practices_with_alert_mail", now)


def practices_with_reminders() -> list[int]:
    """Those in which somebody asked for reminders."""
    return _numbers("wall_practices_with_reminders")


def practices_with_reminder_mail(now: dt.datetime) -> list[int]:
    """Those with a reminder that is to be tried."""
    return _numbers("wall_practices_with_reminder_mail", now)


def practices_with_answers(now: dt.datetime, edition: str) -> list[int]:
    """Those with a kept answer that is to be judged again by the rules of this edition."""
    return _numbers("wall_practices_with_answers", now, edition)


def practices_with_checks(now: dt.datetime, edition: str) -> list[int]:
    """Those with a running program that is to be judged again by the rules of this edition."""
    return _numbers("wall_practices_with_checks", now, edition)


def practices_with_files(taking: bool) -> list[int]:
    """Those with a file to remove from the bucket or, where it takes any, to put there."""
    return _numbers("wall_practices_with_files", taking)


def erase_patient(patient: UUID, *, reason: str, by: int | None) -> dict[str, int] | None:
    """Erase a patient of the open practice; how many rows of each model went, None for nobody."""
    found = _ask("wall_erase_patient", patient, reason, by, timezone.now())[0][0]
    return json.loads(found) if isinstance(found, str) else found


def erase_photographs() -> int:
    """Erase the photographs that the open practice has taken down; how many went."""
    return int(_ask("wall_erase_photographs")[0][0])


def new_practice() -> int:
    """The number that a new practice will have, so that it is founded within itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('clinic_practice', 'id'))")
        return int(cursor.fetchone()[0])


def _ask(name: str, *values: Any) -> list[Any]:
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}({places})", values)  # noqa: S608 - our own names
        return list(cursor.fetchall())


def _whose(name: str, value: str | list[str]) -> Whose | None:
    rows = _ask(name, value)
    return rows[0] if rows else None


def _numbers(name: str, *values: Any) -> list[int]:
    return [number for (number,) in _ask(name, *values)]
