"""The words a catalogue entry is found by. Pure."""

from __future__ import annotations

from programs.exercises.definition import Definition
from programs.exercises.search.fit import SearchEntry
from programs.rules.traits import POSITIONS, PURPOSES, REGIONS


def search_entry(definition: Definition) -> SearchEntry[str]:
    """The words an exercise is found by."""
    return SearchEntry(
        key=definition.slug,
        name=definition.name,
        aliases=definition.aliases,
        muscles=definition.muscles,
        regions=tuple(REGIONS[r] for r in definition.regions),
        position=POSITIONS[definition.traits.position],
        phase=PURPOSES[definition.traits.phase],
        helps=definition.helps,
    )
