"""Sealing everything anew when ``SECRET_KEY`` has changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from clinic.models.secret import SealedText, SecretHash

_BATCH = 500


def renew_keys(rows: models.QuerySet[Any]) -> tuple[int, int]:
    """Seal the secrets of these rows with the present key, and make their hashes anew.

    Says how many were sealed, and how many cannot be read with any key and stay as they are.
    """
    done = lost = 0
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        last = batch[-1].pk
        with transaction.atomic():
            for row in rows.filter(pk__in=[row.pk for row in batch]).select_for_update():
                fields = _fields(row)
                readable = [field for field in fields if getattr(row, field.name)]
                lost += len(fields) - len(readable)
                done += len(readable)
                row.save(update_fields=list(_names(row, readable)))
    return done, lost


def _fields(row: models.Model) -> list[SealedText]:
    return [field for field in row._meta.concrete_fields if isinstance(field, SealedText)]


def _names(row: models.Model, readable: Iterable[SealedText]) -> Iterable[str]:
    """The columns to write: what is sealed, and the hash of it."""
    sealed = {field.name for field in readable}
    yield from sealed
    for field in row._meta.concrete_fields:
        if isinstance(field, SecretHash) and field.of in sealed:
            yield field.name
