"""Writing a practice's own exercises: one transaction each, locked and audited, never deleted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.audit import last_change
from clinic.models import Practice, User
from clinic.outcomes import Stale
from clinic.parsing.digests import digest_of
from programs.exercises.definition import OWN, parse_definition
from programs.exercises.models import Exercise


def own_slug(token: UUID) -> str:
    """A slug that no other exercise has, the same for a second click on the same button."""
    return f"{OWN}{token.hex}"


@transaction.atomic
def create_own(*, practice: Practice, actor: User, data: dict[str, Any]) -> Exercise:
    """Store a new exercise of the practice; raise ``DefinitionError`` where it is none.

    ``data`` bears a slug of :func:`own_slug`. A second click finds what the first has made.
    """
    Practice.objects.select_for_update().get(pk=practice.pk)
    existing = practice.exercises.filter(slug=data["slug"]).first()
    if existing is not None:
        return existing
    made = Exercise.objects.create(practice=practice, slug=data["slug"], **_columns(data))
    audit.record(practice=practice, actor=actor, action="exercise.create", target=made)
    return made


@transaction.atomic
def change_own(*, exercise: Exercise, actor: User, data: dict[str, Any], seen: str) -> bool:
    """Replace what an exercise is; whether anything changed.

    ``seen``: the digest that was shown. Raises :class:`Stale` where somebody has changed it since.
    Issued programs are frozen and keep what they had; drafts are judged anew.
    """
    row = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    columns = _columns({**data, "slug": row.slug})
    if columns["digest"] == row.digest:
        return False
    if seen != row.digest:
        raise Stale(*last_change(row))
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    audit.record(practice=_practice(row), actor=actor, action="exercise.change", target=row)
    return True


@transaction.atomic
def retire_own(*, exercise: Exercise, actor: User) -> bool:
    """Take an exercise out of what can be added; whether it was in."""
    return _set_retired(exercise, actor, retired=True)


@transaction.atomic
def restore_own(*, exercise: Exercise, actor: User) -> bool:
    """Bring a retired exercise back; whether it was out."""
    return _set_retired(exercise, actor, retired=False)


def _set_retired(exercise: Exercise, actor: User, *, retired: bool) -> bool:
    row = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    if (row.retired_at is not None) == retired:
        return False
    row.retired_at = timezone.now() if retired else None
    row.save(update_fields=["retired_at"])
    what = "retire" if retired else "restore"
    audit.record(practice=_practice(row), actor=actor, action=f"exercise.{what}", target=row)
    return True


def _practice(row: Exercise) -> Practice:
    if row.practice is None:
        raise ValueError("a built-in entry is changed in its file only")
    return row.practice


def _columns(data: dict[str, Any]) -> dict[str, Any]:
    definition = parse_definition(data, stored=True)
    traits = definition.traits
    return {
        "data": data,
        "digest": digest_of(data),
        "name": definition.name,
        "kind": traits.kind,
        "phase": traits.phase,
        "sided": traits.sided,
    }
