"""The words a catalogue entry is found by. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from patients.vocabulary import RESOURCES
from programs.exercises.definition import Definition
from programs.exercises.search.fit import SearchEntry
from programs.exercises.starters import StarterDefinition
from programs.rules.traits import POSITIONS, PURPOSES, REGIONS, Traits


def search_entries(
    definitions: Iterable[Definition], starters: Iterable[StarterDefinition]
) -> list[SearchEntry[str]]:
    """What can be searched of a catalogue, with how many of the starting templates bring it."""
    used = Counter(item.exercise for starter in starters for item in starter.items)
    return [search_entry(definition, used[definition.slug]) for definition in definitions]


def search_entry(definition: Definition, used: int = 0) -> SearchEntry[str]:
    """The words an exercise is found by."""
    return SearchEntry(
        key=definition.slug,
        name=definition.name,
        aliases=definition.aliases,
        muscles=definition.muscles,
        regions=tuple(REGIONS[r] for r in definition.said_regions),
        position=POSITIONS[definition.traits.position],
        phase=PURPOSES[definition.traits.phase],
        helps=definition.helps,
        needs=_needs(definition.traits),
        used=used,
        talk=definition.traits.kind in ("advice", "test", "restricted"),
    )


def _needs(traits: Traits) -> tuple[str, ...]:
    """Its equipment, and what somebody may have to do without: the floor, kneeling, jumping.

    What nobody has said it may need: it is left out with what surely does.
    """
    unknown, told = traits.unknown, traits.flags | traits.unknown
    helped = ("helper",) if "helper" in unknown else ()
    things = tuple(RESOURCES[code] for code in (*traits.required, *helped))
    jumps = traits.leg_load == "impact" or "leg_load" in unknown
    loaded = "external_load" in unknown
    places = {
        "equipment": bool(traits.equipment),
        "floor": "floor_transfer" in told,
        "kneeling": "kneeling" in told,
        **dict.fromkeys(("jumping", "hopping", "impact"), jumps),
        "balance": traits.balance == "no_hands" or "balance" in unknown,
        "weights": traits.external_load == "weight" or loaded,
        "bands": traits.external_load == "band" or loaded,
    }
    return (*things, *(word for word, needed in places.items() if needed))
