"""Templates that a practice made itself, read like those of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from clinic.models import Practice, User
from clinic.parsing.errors import DefinitionError
from programs.exercises.definition import Definition
from programs.exercises.library import Library
from programs.exercises.starters import StarterDefinition, parse_starter
from programs.exercises.theirs.models import OwnStarter

OWN_STARTER = "own-"


def starters_of(library: Library, practice: Practice, user: User) -> dict[str, StarterDefinition]:
    """The practice's shared ones and the clinician's own, then the catalogue's; by slug."""
    rows = OwnStarter.objects.filter(practice=practice, retired_at=None)
    found = {}
    for row in rows.filter(Q(shared=True) | Q(made_by=user)):
        starter = _read(row.data, library.definitions)
        if starter is not None:
            found[f"{OWN_STARTER}{row.pk}"] = starter
    return {**found, **library.starters}


def _read(
    data: Mapping[str, Any], definitions: Mapping[str, Definition]
) -> StarterDefinition | None:
    """A stored template without what has left the catalogue; none where nothing is left."""
    items = [row for row in data["item"] if row["exercise"] in definitions]
    try:
        return parse_starter({**data, "item": items}, definitions, own=True)
    except DefinitionError:
        return None
