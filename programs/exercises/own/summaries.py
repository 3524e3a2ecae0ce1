"""What an exercise tells the rules, section by section of its form, in a line each.

Pure. A copy has every answer of its original; folded, these lines say which.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from patients.vocabulary import EQUIPMENT
from programs.exercises.definition import Definition
from programs.exercises.own import trait_words as words
from programs.rules.either_side import SIDE_UNKNOWN
from programs.rules.movements import Movement
from programs.rules.traits import FLAGS, POSITIONS, Traits
from programs.rules.unsaid import UNSAID

_LOADS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = MappingProxyType(
    {
        "spine_load": ("Spine", words.SPINE_LOAD_LABELS),
        "arm_load": ("Arms", words.ARM_LOAD_LABELS),
        "leg_load": ("Legs", words.LEG_LOAD_LABELS),
        "balance": ("Balance", words.BALANCE_LABELS),
        "external_load": ("Works against", words.EXTERNAL_LOAD_LABELS),
        "nerve_tension": ("Nerves", words.NERVE_LABELS),
        "neck_load": ("Neck", words.NECK_LOAD_LABELS),
        "effort": ("Effort", words.EFFORT_LABELS),
        "pressure": ("Pressure", words.PRESSURE_LABELS),
        "breathing": ("Breathing", words.BREATHING_LABELS),
        "modality": ("Treatment", words.MODALITY_LABELS),
    }
)
"""Trait → its short name, and the words of its answers."""
_OF_MOVES: Final = ("movements", "range", "degrees", "mode", "limb")
_NOTHING: Final = frozenset({"none", "unloaded"})


def said(definition: Definition) -> dict[str, str]:
    """Section of the form → what it says; of what is not there, that there is nothing."""
    traits = definition.traits
    unknown = traits.unknown
    asked = [FLAGS[code] for code in words.TRAIT_QUESTIONS if code in traits.flags]
    open_ = sum(code in unknown for code in (*words.TRAIT_QUESTIONS, "helper"))
    body = [
        POSITIONS[traits.position],
        _side(traits),
        *(["somebody helps"] if traits.helper else []),
        *map(_small, asked),
        *([f"not sure of {open_}"] if open_ else []),
    ]
    loads = [
        f"{name}: {_small(labels[value]) if trait not in unknown else 'not sure'}"
        for trait, (name, labels) in _LOADS.items()
        if (value := getattr(traits, trait)) not in _NOTHING or trait in unknown
    ]
    moves = [_movement(one) for one in traits.movements]
    moves += [_small(UNSAID[name]) + ": not sure" for name in _OF_MOVES if name in unknown]
    things = [EQUIPMENT[code] for code in traits.equipment]
    return {
        "body": _line(body),
        "moves": _line(moves, "Nothing moves"),
        "load": _line(loads, "No load, no pressure"),
        "things": _line(things, "Nothing"),
    }


def _side(traits: Traits) -> str:
    if SIDE_UNKNOWN in traits.unknown:
        return "not sure if for one side"
    return "for a treated side" if traits.sided else "no treated side"


def _movement(one: Movement) -> str:
    parts = (
        words.PART_LABELS[one.part],
        _small(words.DIRECTION_LABELS[one.direction]),
        _small(words.RANGE_LABELS[one.range]),
        _small(words.MODE_LABELS[one.mode]),
    )
    return ", ".join(parts) + (f", {one.degrees}°" if one.degrees is not None else "")


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _line(parts: list[str], without: str = "") -> str:
    return "; ".join(parts) + "." if parts else f"{without}."
