"""Renaming, sharing and removing a template: by whoever made it, and by owners."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import User
from clinic.outcomes import Refused
from programs.exercises.theirs.models import OwnStarter

_TAKEN = "{who} has a template of this name already."


@transaction.atomic
def change_template(*, starter: OwnStarter, actor: User, name: str, shared: bool) -> bool:
    """Give it another name, share it with the practice or not; whether anything changed.

    ``Refused`` at ``name`` where its maker has another of that name.
    """
    row = _locked(starter)
    renamed = row.name != name
    if not renamed and row.shared == shared:
        return False
    if renamed:
        _must_be_free(row, name)
    row.name, row.shared = name, shared
    row.data = {**row.data, "name": name}
    row.save(update_fields=["name", "shared", "data"])
    audit.record(
        practice=row.practice,
        actor=actor,
        action="own_starter.change",
        target=row,
        renamed=renamed,
        shared=shared,
    )
    return True


@transaction.atomic
def retire_template(*, starter: OwnStarter, actor: User) -> bool:
    """Take it off the list, where it can be brought back from; whether it was on it."""
    row = _locked(starter)
    if row.retired_at is not None:
        return False
    row.retired_at = timezone.now()
    row.save(update_fields=["retired_at"])
    audit.record(practice=row.practice, actor=actor, action="own_starter.retire", target=row)
    return True


@transaction.atomic
def restore_template(*, starter: OwnStarter, actor: User) -> bool:
    """Put a removed one back on the list; whether it was off it.

    ``Refused`` where its maker has made another of that name since.
    """
    row = _locked(starter)
    if row.retired_at is None:
        return False
    _must_be_free(row, row.name)
    row.retired_at = None
    row.save(update_fields=["retired_at"])
    audit.record(practice=row.practice, actor=actor, action="own_starter.restore", target=row)
    return True


def _locked(starter: OwnStarter) -> OwnStarter:
    rows = OwnStarter.objects.select_related("practice", "made_by")
    return rows.select_for_update(of=("self",)).get(pk=starter.pk)


def _must_be_free(row: OwnStarter, name: str) -> None:
    """One maker has one template of a name at a time, which the table keeps as well."""
    others = OwnStarter.objects.filter(practice=row.practice, made_by=row.made_by, retired_at=None)
    if others.exclude(pk=row.pk).filter(name=name).exists():
        raise Refused(_TAKEN.format(who=row.made_by), "name")
