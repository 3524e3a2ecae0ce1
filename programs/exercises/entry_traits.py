"""Reads what the rules see of an entry: its traits, from its table. Pure."""

from __future__ import annotations

from typing import Any

from clinic.parsing.errors import DefinitionError
from clinic.parsing.reader import Reader
from patients.vocabulary import EQUIPMENT
from programs.rules.editions import leg_load_of
from programs.rules.movements import DIRECTIONS, LIMBS, MODES, PARTS, RAISED_ARM, RANGES, Movement
from programs.rules.traits import (
    ARM_LOADS,
    BALANCES,
    BREATHING,
    CONTACTS,
    EFFORTS,
    EXTERNAL_LOADS,
    FLAGS,
    KINDS,
    LEG_LOADS,
    MODALITIES,
    NECK_LOADS,
    NERVE_TENSIONS,
    POSITIONS,
    PRESSURES,
    PURPOSES,
    REGIONS,
    SPINE_LOADS,
    TOPICS,
    Traits,
)
from programs.rules.unsaid import UNSAID


def parse_traits(r: Reader) -> Traits:
    """What the rules see of an entry, from its table; raise naming the key."""
    equipment = r.texts("equipment", [], EQUIPMENT)
    can_help = r.table.get("equipment_optional", [])
    kind, phase = r.choice("kind", KINDS), r.choice("phase", PURPOSES)
    sided, position = r.take("sided", bool), r.choice("position", POSITIONS)
    flags = frozenset(r.texts("flags", [], FLAGS))
    leg_load = r.choice("leg_load", LEG_LOADS, leg_load_of(kind, phase, position))
    unknown = _unknown(r, flags, sided)
    return Traits(
        kind=kind,
        phase=phase,
        sided=sided,
        position=position,
        movements=_with_raised_arms(r.tables("movement", _parse_movement), flags, unknown),
        spine_load=r.choice("spine_load", SPINE_LOADS, "unloaded"),
        arm_load=r.choice("arm_load", ARM_LOADS, "none"),
        arm_load_on=r.choice("arm_load_on", LIMBS, "both"),
        kneels_on=r.choice("kneels_on", LIMBS, "both"),
        neck_load=r.choice("neck_load", NECK_LOADS, "none"),
        effort=r.choice("effort", EFFORTS),
        flags=flags,
        pressure=r.choice("pressure", PRESSURES, "none"),
        contact=frozenset(r.texts("contact", [], CONTACTS)),
        breathing=r.choice("breathing", BREATHING, "none"),
        modality=r.choice("modality", MODALITIES, "none"),
        topics=frozenset(r.texts("topics", [], TOPICS)),
        equipment=equipment,
        helper=r.take("helper", bool, False),
        on_bed="bed" in equipment or (isinstance(can_help, list) and "bed" in can_help),
        leg_load=leg_load,
        leg_load_other=r.choice("leg_load_other", LEG_LOADS, leg_load) if sided else leg_load,
        balance=r.choice("balance", BALANCES, "none"),
        external_load=r.choice("external_load", EXTERNAL_LOADS, "none"),
        nerve_tension=r.choice("nerve_tension", NERVE_TENSIONS, "none"),
        regions=_known_regions(r),
        unknown=unknown,
    )


def _unknown(r: Reader, flags: frozenset[str], sided: bool) -> frozenset[str]:
    """What nobody has said; of a leg that is not told apart from the other, neither."""
    unknown = frozenset(r.texts("unknown", [], UNSAID))
    said = sorted(unknown & flags)
    if said:
        raise DefinitionError(r.key("unknown"), f"'{said[0]}' is said: it is among the flags")
    if "leg_load" in unknown and (not sided or "leg_load_other" not in r.table):
        unknown |= {"leg_load_other"}
    return unknown


def _with_raised_arms(
    movements: tuple[Movement, ...], flags: frozenset[str], unknown: frozenset[str]
) -> tuple[Movement, ...]:
    """The movements, and the arm held high that none of them names."""
    named = "movements" in unknown or any(m.part.startswith("shoulder") for m in movements)
    return movements if named or "arms_overhead" not in flags else (*movements, RAISED_ARM)


def _parse_movement(row: Any, where: str) -> Movement:
    r = Reader(row, where)
    part = r.choice("part", PARTS)
    movement = Movement(
        part=part,
        direction=r.choice("direction", DIRECTIONS[part]),
        range=r.choice("range", RANGES),
        mode=r.choice("mode", MODES),
        degrees=r.take("degrees", int, None),
    )
    r.finish()
    if movement.degrees is not None and not 0 <= movement.degrees <= 180:
        raise DefinitionError(f"{where}.degrees", "must lie between 0 and 180")
    return movement


def _known_regions(r: Reader) -> frozenset[str]:
    """The regions; whether they are what they must be is looked at where they are read."""
    listed = r.table.get("regions", [])
    return frozenset(c for c in REGIONS if c in listed) if isinstance(listed, list) else frozenset()
