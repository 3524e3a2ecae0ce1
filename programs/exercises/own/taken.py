"""What the eight answers come to for the rules: what is said, what follows, and what is unknown.

Pure. What is neither said nor in a table of ``programs.exercises.own.follows`` is unknown, and the
rules take it to be possible. A test asks them about every built-in exercise: one that is described
by these answers is never judged more mildly than as it is written in full.

An exercise is for one side or it is not: a program needs to know. Where nobody is sure it counts as
one and says so, and is written as ``programs.rules.either_side`` has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from programs.exercises.definition import LONGEST_SUMMARY
from programs.exercises.own.asked import ASKED_MOVES, SO_FLAGS, ShortAnswers
from programs.exercises.own.follows import ON_FEET, PRESSES, SKIN, Settled, known
from programs.rules.editions import LEG_LOAD_OF
from programs.rules.either_side import SIDE_UNKNOWN, twin_of
from programs.rules.movements import LIMB_PARTS
from programs.rules.traits import POSITIONS, PURPOSES

_MORE: Final = "and more"
POSTURE: Final[Mapping[str, tuple[tuple[str, str, int], ...]]] = MappingProxyType(
    {
        "sitting": (("hip", "flexion", 90), ("knee", "flexion", 90)),
        "long_sitting": (("hip", "flexion", 90),),
        "hooklying": (("knee", "flexion", 115),),
        "hands_and_knees": (("hip", "flexion", 90), ("knee", "flexion", 90)),
        "kneeling": (("knee", "flexion", 90),),
        "half_kneeling": (("knee", "flexion", 90),),
        "prone_over_ball": (("hip", "flexion", 95), ("knee", "flexion", 115)),
    }
)
"""Position → joints that stay bent in it, with the largest angle in degrees."""
FAR_DEGREES: Final[Mapping[tuple[str, str, str], int]] = MappingProxyType(
    {
        ("hip", "flexion", "inner"): 60,
        ("hip", "flexion", "end"): 130,
        ("knee", "flexion", "inner"): 60,
        ("knee", "flexion", "end"): 155,
    }
)
"""Joint, way and how far → the largest angle in degrees. To the middle may be anything between."""
_SPINAL: Final = frozenset({"lumbar", "thoracic", "neck", "pelvis", "pelvic_floor"})
_BY_DEGREES: Final = frozenset(
    {("hip", "flexion"), ("knee", "flexion"), ("shoulder", "external_rotation")}
)
"""Joints and ways of which a rule asks for the angle; no angle is past a surgeon's limit anyway."""


def taken(a: ShortAnswers) -> dict[str, Any]:
    """The traits as a definition's table has them, with ``unknown``."""
    k = known(a)
    sided = a.sided != "no"
    singles = _singles(a, k)
    unknown = {name for name, value in singles.items() if not value}
    unknown |= set() if a.sided else {SIDE_UNKNOWN}
    unknown |= SO_FLAGS - k.yes - k.no
    flags = sorted(k.yes & SO_FLAGS)
    if a.effort == "passive_stretch":
        flags.append("static_stretch")
    elif not a.effort:
        unknown.add("static_stretch")
    movement, of_movement = _movements(a)
    unknown |= of_movement
    presses = PRESSES | SKIN
    unknown |= set() if presses <= k.no else {"contact"}
    unknown |= set() if a.regions else {"regions"}
    unknown |= {"topics"} if kind_of(a.phase, a.effort) == "advice" else set()
    unknown |= {"helper"} - ({"helper"} if "helped" in k.yes | k.no else set())
    legs = _legs(a, k)
    unknown |= {name for name, value in legs.items() if not value}
    return {
        "kind": kind_of(a.phase, a.effort),
        "phase": a.phase,
        "position": a.position,
        "sided": sided,
        "regions": list(a.regions or ("whole_body",)),
        "movement": movement,
        **{name: value or PLACES[name] for name, value in (singles | legs).items()},
        "flags": flags,
        "contact": [],
        "helper": "helped" in k.yes,
        "equipment": list(a.equipment),
        "equipment_optional": ["bed"] if "on_bed" in k.yes and "bed" not in a.equipment else [],
        "unknown": sorted(unknown),
    }


PLACES: Final = MappingProxyType(
    {
        "spine_load": "unloaded",
        "effort": "active_motion",
        **dict.fromkeys(
            (
                *("arm_load", "neck_load", "breathing", "pressure", "modality", "balance"),
                *("external_load", "nerve_tension", "leg_load", "leg_load_other"),
            ),
            "none",
        ),
    }
)
"""What stands in the place of a trait that nobody knows; no rule reads it."""


def kind_of(phase: str, effort: str) -> str:
    """The kind of an exercise, by what it is for and how hard it works."""
    if phase == "release":
        return "release"
    return "advice" if effort in {"education", "thermal"} else "exercise"


def _singles(a: ShortAnswers, k: Settled) -> dict[str, str]:
    """Traits of one value each; empty where nobody knows."""
    rest = "low" if a.position in ON_FEET | {"sitting"} else "unloaded"
    skin = k.yes & (SKIN | {"hangs"})
    modality = k.first(
        ("warm", "heat"),
        ("cold", "cold"),
        ("current", "electrotherapy"),
        ("hangs", "inversion"),
        otherwise="none",
    )
    return {
        "effort": a.effort,
        "external_load": a.against,
        "spine_load": k.first(("back_heavy", "high"), ("back_works", "moderate"), otherwise=rest),
        "arm_load": k.first(("arms_all", "full"), ("arms_some", "partial"), otherwise="none"),
        "neck_load": k.first(("neck_works", "active"), otherwise="none"),
        "breathing": k.first(
            ("breath_held", "breath_hold_possible"),
            ("breath_out", "forced_exhale"),
            otherwise="none",
        ),
        "pressure": k.first(
            ("presses_deep", "deep"),
            ("presses_firm", "moderate"),
            ("presses_light", "light"),
            otherwise="none",
        ),
        "modality": "" if len(skin) > 1 else modality,
        "nerve_tension": k.first(
            ("nerve_pulled", "tensioner"), ("nerve_glides", "slider"), otherwise="none"
        ),
        "balance": k.first(
            ("hold_none", "no_hands"),
            ("hold_one", "one_hand"),
            ("hold_two", "two_hands"),
            otherwise="none",
        ),
    }


def _legs(a: ShortAnswers, k: Settled) -> dict[str, str]:
    """The weight on the treated leg and on the other; empty where nobody knows."""
    sided = a.sided != "no"
    load = k.first(
        ("high_impact", "impact"),
        ("legs_bear", LEG_LOAD_OF.get(a.position, "full")),
        otherwise="none",
    )
    names = ("leg_load", "leg_load_other")
    one, other = "one_leg" in k.yes, "other_leg" in k.yes
    if a.sided != "yes" or one == other or load != "full":
        return dict.fromkeys(names[: 1 + sided], load)
    alone = {"one_leg", "other_leg"} <= k.yes | k.no
    idle = "none" if alone else ""
    return dict(zip(names, (load, idle) if one else (idle, load), strict=True))


def _movements(a: ShortAnswers) -> tuple[list[dict[str, Any]], set[str]]:
    """The movements that are named, those of the position among them, and what is open in them."""
    far, how = a.far or "end", a.how or "hold"
    rows, unknown = [], set()
    for joint, way in _named(a):
        row: dict[str, Any] = {
            "part": _part(joint, a.limb if a.sided == "yes" else ""),
            "direction": way,
            "range": far,
            "mode": how,
        }
        degrees = FAR_DEGREES.get((joint, way, a.far))
        if degrees is not None:
            row["degrees"] = degrees
        elif (joint, way) in _BY_DEGREES:
            unknown.add("degrees")
        if row not in rows:
            rows.append(row)
    if rows:
        of_limbs = any(row["part"] in LIMB_PARTS for row in rows)
        limb = not of_limbs or a.sided == "no" or (a.sided and a.limb)
        open_ = {"range": a.far, "mode": a.how, "limb": limb}
        unknown |= {name for name, said in open_.items() if not said}
    if not a.moved:
        unknown.add("movements")
    for joint, way, degrees in POSTURE.get(a.position, ()):
        rows.append(
            {
                "part": f"{joint}_both",
                "direction": way,
                "range": "mid",
                "mode": "posture",
                "degrees": degrees,
            }
        )
    return rows, unknown


def _named(a: ShortAnswers) -> Iterator[tuple[str, str]]:
    """Joint and way of every movement that is named."""
    for code in a.moves if a.moved != "nothing" else ():
        joint, _, way = code.partition(":")
        for one in _ways(way, a.sided):
            yield joint, one


def _part(joint: str, limb: str) -> str:
    """The limb that moves; both where there is no treated side, or nobody has said which."""
    return joint if joint in _SPINAL else f"{joint}_{limb or 'both'}"


def _ways(way: str, sided: str) -> tuple[str, ...]:
    """Where there is no treated side, toward and away from it are both; else it goes as said."""
    twin = twin_of(way)
    both = (twin,) if twin and sided != "yes" else ()
    return both if both and sided == "no" else (way, *both)


def summary_of(a: ShortAnswers) -> str:
    """One sentence made from the answers: what it is for, the position and what moves."""
    head = f"{PURPOSES[a.phase]}, {POSITIONS[a.position].lower()}"
    moves: list[str] = []
    for words in (ASKED_MOVES[code] for code in a.moves):
        if len(_sentence(head, [*moves, words, _MORE])) > LONGEST_SUMMARY:
            moves.append(_MORE)
            break
        moves.append(words)
    return _sentence(head, moves)


def _sentence(head: str, moves: list[str]) -> str:
    return ". ".join(filter(None, (head, "; ".join(moves)))) + "."
