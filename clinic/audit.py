"""Writing the record of who did what. Codes and numbers only: no free text about health."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db import models

from clinic.models import AuditEntry, Practice, User
from clinic.saves import request_id

#: A code, perhaps with its version, like ``R01@2``; an e-mail address is none.
_CODE = re.compile(r"[\w.:/+-]{0,80}(@\d{1,6})?")

#: The foreign keys that lead from a row to its case, the nearest first.
_HANGS_ON = ("item", "program", "prescription", "access", "reminder", "answer", "alert", "goal",
             "session", "kept", "merge", "case")  # fmt: skip


def record(
    *,
    practice: Practice,
    actor: User | None,
    action: str,
    target: models.Model,
    actor_label: str = "",
    **details: Any,
) -> AuditEntry:
    """Add one entry about ``target``, inside the caller's transaction.

    ``action`` is a short code, like ``program.issue``. ``details`` are codes, numbers, dates and
    lists of them; ``ValueError`` for anything that could be somebody's words. Without an actor,
    ``actor_label`` says who it was: ``patient`` or ``system``.

    The entry comes back without its number: it is not read again, since a patient's page may add
    an entry and read none.
    """
    entry = _entry(practice, actor, action, target, actor_label, details)
    AuditEntry.objects.bulk_create([entry], ignore_conflicts=True)
    return entry


def record_each(
    *,
    practice: Practice,
    actor: User,
    action: str,
    targets: Iterable[tuple[models.Model, Mapping[str, Any]]],
) -> None:
    """One entry about each of these, with its own details, in one statement; see :func:`record`."""
    entries = [_entry(practice, actor, action, row, "", said) for row, said in targets]
    AuditEntry.objects.bulk_create(entries, ignore_conflicts=True)


def _entry(
    practice: Practice,
    actor: User | None,
    action: str,
    target: models.Model,
    actor_label: str,
    details: Mapping[str, Any],
) -> AuditEntry:
    return AuditEntry(
        practice=practice,
        actor=actor,
        actor_label=str(actor) if actor is not None else actor_label or "system",
        action=action,
        target_kind=target._meta.label_lower,
        target_id=str(target.pk),
        details={key: _plain(key, value) for key, value in details.items()},
        patient=patient_of(target),
        request_id=request_id(),
    )


def patient_of(target: models.Model) -> UUID | None:
    """Whose record a row is a part of, by the rows it hangs on; None for a row of the practice."""
    found: Any = target
    while found is not None:
        if found._meta.label_lower == "patients.patient":
            return cast(UUID, found.pk)
        columns = {field.name for field in found._meta.concrete_fields if field.is_relation}
        if "patient" in columns:
            return cast(UUID, found.patient_id)
        found = next((getattr(found, name) for name in _HANGS_ON if name in columns), None)
    return None


def _plain(key: str, value: Any) -> Any:
    """The value as JSON, or ``ValueError`` when it may be free text."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, str):
        if not _CODE.fullmatch(value):
            raise ValueError(f"Audit detail {key!r} must be a code, not free text.")
        return str(value)
    if isinstance(value, Sequence | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [_plain(key, item) for item in items]
    raise ValueError(f"Audit detail {key!r} has a type that is not recorded: {type(value)}.")


def last_change(value: models.Model) -> tuple[str, dt.datetime | None]:
    """Who changed this row last, and when, by the audit trail."""
    entry = (
        AuditEntry.objects.filter(target_kind=value._meta.label_lower, target_id=str(value.pk))
        .order_by("-at", "-pk")
        .first()
    )
    return (entry.actor_label, entry.at) if entry else ("Somebody", None)
