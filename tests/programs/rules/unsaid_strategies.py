"""Exercises of which something was never said, and what they may turn out to be."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

from hypothesis import strategies as st

from programs.rules.either_side import SIDE_UNKNOWN, either_limb, twin_of
from programs.rules.movements import (
    DIRECTIONS,
    LIMB_PARTS,
    LIMBS,
    MODES,
    PARTS,
    RAISED_ARM,
    RANGES,
    Movement,
    is_relative,
)
from programs.rules.traits import (
    ARM_LOADS,
    BALANCES,
    BREATHING,
    CONTACTS,
    EFFORTS,
    EXTERNAL_LOADS,
    FLAGS,
    LEG_LOADS,
    MODALITIES,
    NECK_LOADS,
    NERVE_TENSIONS,
    PRESSURES,
    REGIONS,
    SPINE_LOADS,
    TOPICS,
    Traits,
)
from programs.rules.unsaid import UNSAID
from tests.programs.rules.cases import TRAITS

_ONE: Final[dict[str, Any]] = {
    "spine_load": SPINE_LOADS,
    "arm_load": ARM_LOADS,
    "neck_load": NECK_LOADS,
    "effort": sorted(EFFORTS),
    "pressure": PRESSURES,
    "breathing": sorted(BREATHING),
    "modality": sorted(MODALITIES),
    "leg_load": LEG_LOADS,
    "leg_load_other": LEG_LOADS,
    "balance": BALANCES,
    "external_load": EXTERNAL_LOADS,
    "nerve_tension": NERVE_TENSIONS,
    "helper": (False, True),
}
_SEVERAL: Final = {"contact": CONTACTS, "topics": TOPICS, "regions": frozenset(REGIONS)}
_MOVES: Final = [(part, way) for part in sorted(PARTS) for way in sorted(DIRECTIONS[part])]
entries = st.sampled_from(sorted(TRAITS))
names = st.frozensets(st.sampled_from(sorted(UNSAID)), max_size=12) | st.just(frozenset(UNSAID))


def without(traits: Traits, unknown: frozenset[str]) -> Traits:
    """The exercise as somebody wrote it who did not say these."""
    moves = () if "movements" in unknown else traits.movements
    if "degrees" in unknown:
        moves = tuple(dataclasses.replace(m, degrees=None) for m in moves)
    without = dataclasses.replace(
        traits, flags=traits.flags - unknown, movements=moves, unknown=unknown
    )
    return _for_either(without) if SIDE_UNKNOWN in unknown else without


def _for_either(t: Traits) -> Traits:
    """The same as whoever does not know the side has to write it."""
    moves = [dataclasses.replace(m, part=either_limb(m.part)) for m in t.movements]
    ways = [(m, twin_of(m.direction)) for m in moves]
    twins = [dataclasses.replace(m, direction=twin) for m, twin in ways if twin]
    limb = {"limb"} if any(either_limb(m.part) != m.part for m in t.movements) else set()
    most = max((t.leg_load, t.leg_load_other), key=LEG_LOADS.index)
    legs = {"leg_load", "leg_load_other"}
    return dataclasses.replace(
        t, sided=True, arm_load_on="both", kneels_on="both", leg_load=most, leg_load_other=most,
        movements=tuple(dict.fromkeys([*moves, *twins])),
        unknown=t.unknown | limb | (legs if legs & t.unknown else set()),
    )  # fmt: skip


def _with_side(draw: st.DrawFn, t: Traits) -> Traits:
    """The same once somebody knows: no side, or one, with the limb and the way that are meant."""
    if not draw(st.booleans()):
        gone = dataclasses.replace(t, sided=False, leg_load_other=t.leg_load)
        kept = tuple(m for m in t.movements if not is_relative(m))
        return dataclasses.replace(gone, movements=kept)
    twins = {dataclasses.replace(m, direction=twin_of(m.direction)) for m in t.movements}
    one_way = tuple(m for m in t.movements if m not in twins or draw(st.booleans()))
    light = draw(st.sampled_from(LEG_LOADS[: LEG_LOADS.index(t.leg_load) + 1]))
    limbs = {name: draw(st.sampled_from(sorted(LIMBS))) for name in ("arm_load_on", "kneels_on")}
    return dataclasses.replace(t, movements=one_way, leg_load_other=light, **limbs)


@st.composite
def said(draw: st.DrawFn, traits: Traits, names: frozenset[str]) -> Traits:
    """The same once somebody has said ``names`` of what was unknown, whatever they say."""
    given: dict[str, Any] = {
        name: draw(st.sampled_from(values)) for name, values in _ONE.items() if name in names
    }
    given |= {
        name: getattr(traits, name)
        | frozenset(draw(st.sets(st.sampled_from(sorted(values)), max_size=3)))
        for name, values in _SEVERAL.items()
        if name in names
    }
    flags = names & frozenset(FLAGS)
    if flags:
        chosen = draw(st.frozensets(st.sampled_from(sorted(flags))))
        given["flags"] = traits.flags | chosen
    moves = [_told(draw, m, names) for m in traits.movements]
    if "movements" in names:
        for part, way in draw(st.lists(st.sampled_from(_MOVES), max_size=3)):
            new = Movement(
                part,
                way,
                draw(st.sampled_from(RANGES)),
                draw(st.sampled_from(sorted(MODES))),
                draw(st.none() | st.integers(0, 180)),
            )
            if traits.sided or not is_relative(new):
                moves.append(new)
    raised = "arms_overhead" in given.get("flags", traits.flags)
    if raised and not any(m.part.startswith("shoulder") for m in moves):
        moves.append(RAISED_ARM)
    left = traits.unknown - names
    if SIDE_UNKNOWN in left:
        moves = [dataclasses.replace(m, part=either_limb(m.part)) for m in moves]
    if "movements" in left:
        moves = [m for m in moves if m is not RAISED_ARM]
    told = dataclasses.replace(traits, **given, movements=tuple(moves), unknown=left)
    if SIDE_UNKNOWN in names:
        return _with_side(draw, told)
    return _for_either(told) if SIDE_UNKNOWN in left else told


def _told(draw: st.DrawFn, m: Movement, names: frozenset[str]) -> Movement:
    """A movement that is named, with what was said of it later."""
    if m is RAISED_ARM:
        return m
    given: dict[str, Any] = {}
    if "range" in names:
        given["range"] = draw(st.sampled_from(RANGES))
    if "mode" in names:
        given["mode"] = draw(st.sampled_from(sorted(MODES)))
    if "limb" in names and m.part in LIMB_PARTS:
        which = draw(st.sampled_from(sorted(LIMBS)))
        given["part"] = f"{m.part.rpartition('_')[0]}_{which}"
    if "degrees" in names and m.degrees is None:
        given["degrees"] = draw(st.none() | st.integers(0, 180))
    return dataclasses.replace(m, **given)
