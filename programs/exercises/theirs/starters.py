"""Templates that a practice made itself, read like those of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clinic.models import Practice, User
from clinic.parsing.errors import DefinitionError
from programs.exercises.definition import Definition
from programs.exercises.library import Library
from programs.exercises.starters import StarterDefinition, parse_starter
from programs.exercises.theirs.models import OwnStarter

OWN_STARTER = "own-"


def own_number(slug: str) -> int:
    """The key of one of the practice's own; 0 for any other."""
    number = slug.removeprefix(OWN_STARTER)
    return int(number) if number != slug and number.isdecimal() and len(number) < 10 else 0


def starters_of(library: Library, practice: Practice, user: User) -> dict[str, StarterDefinition]:
    """The practice's shared ones and the clinician's own, then the catalogue's; by slug."""
    rows = OwnStarter.objects.filter(practice=practice, retired_at=None)
    found = {}
    for row in rows.seen_by(user):
        starter = read_own_starter(row.data, library.definitions)
        if starter is not None:
            found[f"{OWN_STARTER}{row.pk}"] = starter
    return {**found, **library.starters}


def read_own_starter(
    data: Mapping[str, Any], definitions: Mapping[str, Definition]
) -> StarterDefinition | None:
    """A stored template without what has left the catalogue; none where nothing is left."""
    try:
        return parse_starter(_without_gone(data, definitions), definitions, own=True)
    except DefinitionError:
        return None


def _without_gone(data: Mapping[str, Any], definitions: Mapping[str, Definition]) -> dict[str, Any]:
    items = [row for row in data["item"] if row["exercise"] in definitions]
    out = {**data, "item": items}
    if "phase" in data:
        out["phase"] = [_without_gone(phase, definitions) for phase in data["phase"]]
    return out
