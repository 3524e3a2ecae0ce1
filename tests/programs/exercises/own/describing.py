"""Built-in exercises as somebody would describe them who answers the eight questions truthfully."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from clinic.parsing.reader import Reader
from programs.exercises.entry_traits import parse_traits
from programs.exercises.own.asked import ASKED_MOVES, SO_FLAGS, ShortAnswers
from programs.exercises.own.taken import POSTURE, taken
from programs.rules.movements import Movement
from programs.rules.traits import Traits

_SINGLE: Final = {
    "arm_load": {"partial": "arms_some", "full": "arms_all"},
    "neck_load": {"active": "neck_works"},
    "breathing": {"breath_hold_possible": "breath_held", "forced_exhale": "breath_out"},
    "pressure": {
        "light": "presses_light",
        "moderate": "presses_firm",
        "deep": "presses_deep",
    },
    "modality": {
        "heat": "warm",
        "cold": "cold",
        "electrotherapy": "current",
        "inversion": "hangs",
    },
    "nerve_tension": {"slider": "nerve_glides", "tensioner": "nerve_pulled"},
    "balance": {"no_hands": "hold_none", "one_hand": "hold_one", "two_hands": "hold_two"},
    "spine_load": {"moderate": "back_works", "high": "back_heavy"},
}
_LIMB: Final = {
    frozenset(): "treated",
    frozenset({"treated"}): "treated",
    frozenset({"both"}): "both",
    frozenset({"other"}): "other",
}
"""Which limbs the movements name → the answer; where they differ, nobody is sure."""


def truths(t: Traits) -> frozenset[str]:
    """What is so, of the list of question 8."""
    so = set(t.flags & SO_FLAGS)
    so |= {codes[getattr(t, name)] for name, codes in _SINGLE.items() if getattr(t, name) in codes}
    legs = (t.leg_load, t.leg_load_other)
    so |= {"legs_bear"} if legs != ("none", "none") else set()
    so |= {"high_impact"} if "impact" in legs else set()
    so |= {"one_leg"} if t.sided and legs in {("full", "none"), ("impact", "none")} else set()
    so |= {"other_leg"} if t.sided and legs in {("none", "full"), ("none", "impact")} else set()
    so |= {"helped"} if t.helper else set()
    so |= {"on_bed"} if t.on_bed else set()
    return frozenset(so)


def told(t: Traits) -> ShortAnswers:
    """Every question answered, and the list looked at to its end."""
    moves = [m for m in t.movements if not _of_the_position(t, m)]
    parts = {m.part.rpartition("_")[2] for m in moves} & {"treated", "other", "both"}
    modes, ranges = {m.mode for m in moves}, {m.range for m in moves}
    return ShortAnswers(
        phase=t.phase,
        position=t.position,
        regions=tuple(sorted(t.regions)),
        sided="yes" if t.sided else "no",
        moves=tuple(dict.fromkeys(code for m in moves for code in _codes(m))),
        moved="all" if moves else "nothing",
        far=ranges.pop() if len(ranges) == 1 else "",
        how=modes.pop() if len(modes) == 1 else "",
        limb=_LIMB.get(frozenset(parts), ""),
        effort=t.effort,
        against=t.external_load,
        equipment=t.equipment,
        so=truths(t),
        looked=True,
    )


def unsure(t: Traits) -> ShortAnswers:
    """The same by somebody who does not know whether it is for one side."""
    return replace(told(t), sided="")


def barely(t: Traits) -> ShortAnswers:
    """Nothing but what it is for and the position."""
    return ShortAnswers(phase=t.phase, position=t.position)


def read(answers: ShortAnswers) -> Traits:
    """The traits that the answers come to, as every entry is read."""
    table: dict[str, Any] = taken(answers)
    return parse_traits(Reader(table))


def _of_the_position(t: Traits, m: Movement) -> bool:
    return m.mode == "posture" and any(
        m.part.startswith(joint) and m.direction == way and (m.degrees or 0) <= degrees
        for joint, way, degrees in POSTURE.get(t.position, ())
    )


def _codes(m: Movement) -> list[str]:
    joint = (
        m.part.rpartition("_")[0] if m.part.endswith(("_treated", "_other", "_both")) else m.part
    )
    move, _, side = m.direction.rpartition("_")
    both = move in {"side_bend", "rotation"} and side == "both"
    codes = [f"{joint}:{move}_{way}" for way in ("toward", "away")] if both else []
    return codes or [code for code in ASKED_MOVES if code == f"{joint}:{m.direction}"]
