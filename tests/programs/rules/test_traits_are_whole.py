"""No entry is suitable only because something about it was left empty.

A rule that reads a trait is silent where the trait says "none". So what follows from the rest of
an entry must be said, over the whole catalogue, or stands here with the reason why not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from clinic.parsing.reader import Reader
from programs.exercises.entry_traits import parse_traits
from programs.rules.engine import judge
from programs.rules.traits import NEVER_PRESCRIBED, Traits
from tests.every_row import every
from tests.programs.rules.cases import CONTENT, TRAITS, case

SIDES: Final = ("left", "right")
UPRIGHT: Final = {
    "standing",
    "single_leg_standing",
    "step_standing",
    "tandem_standing",
    "lunge",
    "wall_leaning",
}
UNSTEADY: Final = {"single_leg_standing", "step_standing", "tandem_standing", "lunge"}
ON_ARMS: Final = {"hands_and_knees", "plank", "side_plank", "prone_on_elbows"}
ON_KNEES: Final = {"hands_and_knees", "kneeling", "half_kneeling"}
DOWN: Final = {
    *("supine", "hooklying", "supine_legs_up", "prone", "prone_on_elbows", "side_lying"),
    *("plank", "side_plank", *ON_KNEES),
}
LOADS: Final = {
    "resistance_band": "band",
    "hand_weight": "weight",
    "ankle_weight": "weight",
    "backpack": "weight",
}
WORK: Final = {"strength", "isometric", "eccentric", "heavy_slow", "power", "endurance", "balance"}
SPARED: Final = {
    ("says which side it moves", "stick-flexion-lying"): "One arm lifts the other; both move.",
    ("says which side it moves", "transverse-process-self-mobilisation"): "It presses a bone; no "
    "joint is named for it.",
    ("names the load it works against", "hip-abduction-isometric"): "The belt only holds still.",
    ("works where it is for strength", "standing-march"): "Marching is easy movement.",
    ("works where it is for strength", "hip-hinge-stick"): "It teaches the bend, without a load.",
}
"""(law, entry) → why it does not hold."""

Law = Callable[[Traits], bool]


def _side_said(t: Traits) -> bool:
    relative = ("_treated", "_other", "_away", "_toward")
    moved = any(m.part.endswith(relative) or m.direction.endswith(relative) for m in t.movements)
    return moved or t.arm_load_on != "both" or t.kneels_on != "both"


def _load_named(t: Traits) -> bool:
    return t.external_load in {LOADS[code] for code in t.equipment if code in LOADS}


LAWS: Final[dict[str, tuple[Law, Law]]] = {
    # what it is of: which entries; what must be said of them
    "bears weight where it stands": (
        lambda t: t.position in UPRIGHT,
        lambda t: {t.leg_load, t.leg_load_other} != {"none"},
    ),
    "bears all of it on one leg": (
        lambda t: t.position in {"single_leg_standing", "step_standing"},
        lambda t: bool({t.leg_load, t.leg_load_other} & {"full", "impact"}),
    ),
    "asks for balance where it is unsteady": (
        lambda t: t.position in UNSTEADY or t.phase == "balance",
        lambda t: t.balance != "none" or "balance_demand" in t.flags,
    ),
    "bears weight on the arms it leans on": (
        lambda t: t.position in ON_ARMS,
        lambda t: t.arm_load != "none",
    ),
    "kneels where it is on the knees": (
        lambda t: t.position in ON_KNEES,
        lambda t: "kneeling" in t.flags,
    ),
    "goes down to the floor or can be done on a bed": (
        lambda t: t.position in DOWN,
        lambda t: "floor_transfer" in t.flags or t.on_bed,
    ),
    "names the load it works against": (
        lambda t: bool(set(t.equipment) & set(LOADS)),
        _load_named,
    ),
    "needs the load that it names": (lambda t: t.external_load != "none", _load_named),
    "names the arm that it holds high": (
        lambda t: "arms_overhead" in t.flags,
        lambda t: any(m.part.startswith("shoulder") for m in t.movements),
    ),
    "moves something": (lambda t: True, lambda t: bool(t.movements)),
    "says which side it moves": (lambda t: t.sided and t.kind == "exercise", _side_said),
    "reaches the end where it stretches": (
        lambda t: t.phase == "stretch",
        lambda t: any(m.range == "end" for m in t.movements),
    ),
    "works where it is for strength": (
        lambda t: t.phase == "strengthen",
        lambda t: t.effort in WORK,
    ),
    "names its part of the body": (lambda t: True, lambda t: bool(t.regions)),
}


@every("law", LAWS)
def test_what_follows_from_an_entry_is_said(law: str) -> None:
    concerns, holds = LAWS[law]
    broken = {slug for slug, t in exercises().items() if concerns(t) and not holds(t)}
    assert broken == {slug for name, slug in SPARED if name == law}


def test_every_law_concerns_some_entry() -> None:
    assert [name for name, (of, _) in LAWS.items() if not any(map(of, exercises().values()))] == []


def test_an_arm_held_high_that_nobody_names_may_be_either() -> None:
    """A practice's own exercise may say that much and no more: a shoulder that came out is kept."""
    told = {"kind": "exercise", "phase": "strengthen", "sided": True, "position": "sitting"}
    table = {**told, "effort": "isometric", "flags": ["arms_overhead"]}
    traits = parse_traits(Reader(table, "own"))
    facts = case("shoulder_instability", "left")
    sides = {side: judge(CONTENT.rules, facts, "own", traits, side).verdict for side in SIDES}
    assert sides == dict.fromkeys(SIDES, "contraindicated")


def exercises() -> dict[str, Traits]:
    """What is prescribed to move by; advice is judged by its topic."""
    kinds = {"exercise", "release"} - NEVER_PRESCRIBED
    return {slug: t for slug, t in TRAITS.items() if t.kind in kinds}
