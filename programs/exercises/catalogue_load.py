"""Brings the catalogue's files into the database: all of it or none, and twice changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from clinic.parsing.digests import digest_of
from programs.exercises.catalogue_files import Content
from programs.exercises.models import CatalogueLoad, Exercise, Rule, Starter

_LOCK = 7_204_311
"""Advisory lock number: two loads at once run one after the other."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many entries a load added, changed, brought back and retired."""

    added: int = 0
    changed: int = 0
    retired: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.added + other.added, self.changed + other.changed, self.retired + other.retired
        )

    @property
    def nothing(self) -> bool:
        """Whether the database already held exactly this."""
        return self == Loaded()


@transaction.atomic
def load(content: Content) -> Loaded:
    """Store checked content. An entry that disappeared is retired, never deleted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    done = _store(
        Exercise.objects.filter(practice=None),
        content.raw_exercises,
        {
            slug: {
                "name": d.name,
                "kind": d.traits.kind,
                "phase": d.traits.phase,
                "sided": d.traits.sided,
            }
            for slug, d in content.definitions.items()
        },
    )
    done += _store(
        Rule.objects.all(),
        content.raw_rules,
        {rule.id: {"version": rule.version} for rule in content.rules},
    )
    done += _store(
        Starter.objects.all(),
        content.raw_starters,
        {slug: {"name": s.name} for slug, s in content.starters.items()},
    )
    last = CatalogueLoad.objects.first()
    if not done.nothing or last is None or last.digest != content.digest:
        CatalogueLoad.objects.create(digest=content.digest)
    return done


def _store(
    rows: models.QuerySet[Any],
    tables: Mapping[str, dict[str, Any]],
    columns: Mapping[str, dict[str, Any]],
) -> Loaded:
    """Make the rows equal the tables."""
    here = {row.slug: row for row in rows.select_for_update()}
    added = changed = retired = 0
    for slug in columns:
        table = tables[slug]
        values = {**columns[slug], "data": table, "digest": digest_of(table), "retired_at": None}
        row = here.get(slug)
        if row is None:
            rows.model._default_manager.create(slug=slug, **values)
            added += 1
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
            changed += 1
    for slug, row in here.items():
        if slug not in columns and row.retired_at is None:
            row.retired_at = timezone.now()
            row.save(update_fields=["retired_at"])
            retired += 1
    return Loaded(added, changed, retired)
