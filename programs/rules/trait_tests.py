"""The condition language of the rules: tests over exercise traits.

Pure. A test is a TOML table; all its keys must hold. Over known traits it holds or does not; where
nobody has said a trait, ``programs.rules.unsaid_tests`` says what it comes to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from patients.vocabulary import MovementLimit
from programs.rules.facts import OPPOSITE
from programs.rules.movements import ARM_JOINTS, JOINTS, UNTOLD, Movement
from programs.rules.traits import POSITIONS, Traits

MOVES: Final = frozenset({"side_bend", "rotation", "shift"})
LIMITED: Final = ("passed", "untold")
"""How a movement stands to a surgeon's limit: beyond it or not known, or not known."""
WEIGHT: Final = frozenset({"partial", "full", "impact"})
"""What a leg that bears weight bears."""


@dataclass(frozen=True, slots=True)
class MovementTest:
    """A test one movement of the exercise must meet.

    ``relation``: ``toward`` or ``away`` compares a side-bend, rotation or shift with the side the
    rule is about; ``affected`` asks whether the limb of that side moves. ``limited``: how the
    movement stands to a surgeon's limit, which :meth:`within` puts in for one case.
    """

    parts: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    ranges: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    above_degrees: int | None = None
    relation: str = ""
    limited: str = ""
    limit: int | None = None

    def within(self, limit: MovementLimit) -> MovementTest:
        """The test for one limit, where it asks for limits."""
        if not self.limited:
            return self
        return replace(
            self,
            parts=frozenset({limit.joint}),
            directions=frozenset({limit.direction}),
            relation="affected" if limit.joint in JOINTS else "",
            limit=limit.degrees,
        )

    def matches(self, m: Movement, treated: str, about: str) -> bool:
        """Whether movement ``m``, done for side ``treated``, meets the test about ``about``."""
        joint = m.part.split("_")[0]
        if self.parts and m.part not in self.parts and joint not in self.parts:
            return False
        move, _, way = m.direction.rpartition("_")
        lateral = move in MOVES
        named = m.direction in self.directions or (lateral and move in self.directions)
        if self.directions and not named:
            return False
        if self.ranges and m.range not in self.ranges:
            return False
        if self.modes and m.mode not in self.modes:
            return False
        if self.above_degrees is not None and (m.degrees or 0) <= self.above_degrees:
            return False
        if self.limited and not self._is_past(m.degrees):
            return False
        if self.relation == "affected":
            return about in limb_sides(m.part, treated)
        if self.relation:
            return lateral and _lateral_side(way, treated) == (
                about if self.relation == "toward" else OPPOSITE.get(about)
            )
        return True

    def _is_past(self, degrees: int | None) -> bool:
        """Whether it goes past the limit; where nobody wrote how far it goes, it may."""
        if self.limit is None:
            return False
        return degrees is None or (self.limited == "passed" and degrees > self.limit)


def limb_sides(part: str, treated: str) -> tuple[str, ...]:
    """Absolute sides of a limb part."""
    if part.endswith("_both"):
        return ("left", "right")
    if part.endswith("_treated"):
        return (treated,)
    return (OPPOSITE.get(treated, ""),)


def _lateral_side(way: str, treated: str) -> str:
    """Absolute side a lateral movement goes to; empty for both ways."""
    if way == "toward":
        return treated
    return OPPOSITE.get(treated, "") if way == "away" else ""


def _leg_loads(t: Traits, treated: str, about: str) -> set[str]:
    """The weight on the leg of one side; on both where no side is asked."""
    if not about or not treated:
        return {t.leg_load, t.leg_load_other}
    return {t.leg_load if about == treated else t.leg_load_other}


@dataclass(frozen=True, slots=True)
class ExerciseTest:
    """A condition over exercise traits; empty fields are not tested.

    ``affected``: ``knee``, ``arm`` or ``leg`` of the side the rule is about bears weight; a leg
    that much of ``leg_loads``. ``treated``: whether the exercise is done for that side or for the
    other. ``untold``: the limb of a surgeon's ``limit`` works, and may pass it without a word.
    """

    kinds: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    positions: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    flags_all: frozenset[str] = frozenset()
    pressures: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    breathing: frozenset[str] = frozenset()
    modalities: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    efforts: frozenset[str] = frozenset()
    spine_loads: frozenset[str] = frozenset()
    arm_loads: frozenset[str] = frozenset()
    neck_loads: frozenset[str] = frozenset()
    leg_loads: frozenset[str] = frozenset()
    balances: frozenset[str] = frozenset()
    external_loads: frozenset[str] = frozenset()
    nerve_tensions: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    helper: bool | None = None
    sided: bool | None = None
    on_bed: bool | None = None
    treated: str = ""
    affected: str = ""
    untold: bool = False
    limit: MovementLimit | None = None
    movements: tuple[MovementTest, ...] = ()
    all: tuple[ExerciseTest, ...] = ()
    any: tuple[ExerciseTest, ...] = ()
    none: tuple[ExerciseTest, ...] = ()

    def matches(self, t: Traits, treated: str, about: str) -> bool:
        """Whether the traits, for side ``treated``, meet the test about side ``about``.

        For traits that are all said; ``programs.rules.unsaid_tests.meets`` asks of any.
        """
        if not self._plain_traits(t):
            return False
        if self.treated and (not treated or (treated == about) != (self.treated == "same")):
            return False
        if self.affected and not self._bears(t, treated, about):
            return False
        if self.untold and not self._may_pass(t, treated, about):
            return False
        for test in self.movements:
            if not any(test.matches(m, treated, about) for m in t.movements):
                return False
        if any(not test.matches(t, treated, about) for test in self.all):
            return False
        if any(test.matches(t, treated, about) for test in self.none):
            return False
        return not self.any or any(test.matches(t, treated, about) for test in self.any)

    def _bears(self, t: Traits, treated: str, about: str) -> bool:
        """Whether the knee, arm or leg of the side the rule is about bears weight."""
        if self.affected == "leg":
            return bool(_leg_loads(t, treated, about) & (self.leg_loads or WEIGHT))
        bears = "kneeling" in t.flags if self.affected == "knee" else t.arm_load != "none"
        limb = t.kneels_on if self.affected == "knee" else t.arm_load_on
        return bears and (not about or about in limb_sides(f"_{limb}", treated))

    def _may_pass(self, t: Traits, treated: str, about: str) -> bool:
        """Whether a limb at work may go past the limit without the exercise saying how far."""
        if self.limit is None:
            return False
        joint, way = self.limit.joint, self.limit.direction
        if self.limit.degrees >= UNTOLD.get((joint, way), 0):
            return False
        if joint in ARM_JOINTS:
            bears = t.arm_load != "none" and about in limb_sides(f"_{t.arm_load_on}", treated)
            # A raised arm that the movements name is that one, and no other.
            named = any(m.part.startswith("shoulder") for m in t.movements)
            works = bears or ("arms_overhead" in t.flags and not named)
        else:
            works = bool(_leg_loads(t, treated, about) & WEIGHT)
        test = MovementTest(frozenset({joint}), frozenset({way}), relation="affected")
        return works and not any(test.matches(m, treated, about) for m in t.movements)

    def _plain_traits(self, t: Traits) -> bool:
        """Asked for every clause and entry: written out, so that most end at the first line."""
        return (
            (not self.kinds or t.kind in self.kinds)
            and (not self.phases or t.phase in self.phases)
            and (not self.positions or t.position in self.positions)
            and (not self.flags or not self.flags.isdisjoint(t.flags))
            and (not self.pressures or t.pressure in self.pressures)
            and (not self.breathing or t.breathing in self.breathing)
            and (not self.modalities or t.modality in self.modalities)
            and (not self.efforts or t.effort in self.efforts)
            and (not self.spine_loads or t.spine_load in self.spine_loads)
            and (not self.arm_loads or t.arm_load in self.arm_loads)
            and (not self.neck_loads or t.neck_load in self.neck_loads)
            and (not self.balances or t.balance in self.balances)
            and (not self.external_loads or t.external_load in self.external_loads)
            and (not self.nerve_tensions or t.nerve_tension in self.nerve_tensions)
            and (not self.contacts or not self.contacts.isdisjoint(t.contact))
            and (not self.topics or not self.topics.isdisjoint(t.topics))
            and (not self.regions or not self.regions.isdisjoint(t.regions))
            and (not self.leg_loads or bool(self.leg_loads & {t.leg_load, t.leg_load_other}))
            and self.flags_all <= t.flags
            and (self.helper is None or self.helper == t.helper)
            and (self.on_bed is None or self.on_bed == t.on_bed)
            and (self.sided is None or self.sided == t.sided)
        )

    def within(self, limit: MovementLimit) -> ExerciseTest:
        """The test for one limit of a surgeon's."""
        return replace(
            self,
            limit=limit,
            movements=tuple(m.within(limit) for m in self.movements),
            all=tuple(test.within(limit) for test in self.all),
            any=tuple(test.within(limit) for test in self.any),
            none=tuple(test.within(limit) for test in self.none),
        )

    def is_relative(self) -> bool:
        """Whether the side the rule is about matters."""
        return (
            bool(self.treated or self.affected or self.untold)
            or any(m.relation for m in self.movements)
            or any(t.is_relative() for t in (*self.all, *self.any, *self.none))
        )

    def possible_positions(self) -> frozenset[str]:
        """Every position that an exercise meeting this test may have."""
        found = self.positions or frozenset(POSITIONS)
        for test in self.all:
            found &= test.possible_positions()
        if self.any:
            found &= frozenset().union(*(test.possible_positions() for test in self.any))
        return found
