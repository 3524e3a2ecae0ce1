"""Tests over an exercise of which something was never said.

Pure. Kleene's three values in two looks: a test of what nobody has said is met in one and not in
the other. What holds in both surely holds, what holds in one may. Under ``none`` the looks change
places, so that what may hold there never surely rules anything out. Each name is taken by itself:
this may call possible what is not, and never the reverse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from programs.rules.movements import ARM_JOINTS, LIMB_PARTS, LIMBS, RAISED_ARM, UNTOLD, Movement
from programs.rules.trait_tests import WEIGHT, ExerciseTest, MovementTest, limb_sides
from programs.rules.traits import Traits

_ALWAYS_SAID: Final = MappingProxyType(
    {"kinds": "kind", "phases": "phase", "positions": "position"}
)
_ONE: Final = MappingProxyType(
    {
        "pressures": "pressure",
        "breathing": "breathing",
        "modalities": "modality",
        "efforts": "effort",
        "spine_loads": "spine_load",
        "arm_loads": "arm_load",
        "neck_loads": "neck_load",
        "balances": "balance",
        "external_loads": "external_load",
        "nerve_tensions": "nerve_tension",
    }
)
_SEVERAL: Final = MappingProxyType(
    {"contacts": "contact", "topics": "topics", "regions": "regions"}
)
"""Field of a test → the trait that it is about: one of its values, or a set of them."""
_LEGS: Final = ("leg_load", "leg_load_other")
_BORNE: Final = MappingProxyType({"leg": _LEGS, "knee": ("kneeling",), "arm": ("arm_load",)})


def meets(test: ExerciseTest, t: Traits, treated: str, about: str, *, unsure: bool = False) -> bool:
    """Whether an exercise, for side ``treated``, meets the test about side ``about``.

    Of what nobody has said: whether it surely does, or, if ``unsure``, whether it may.
    """
    if not t.unknown:
        return test.matches(t, treated, about)
    return Doubt(t, treated, about, t.unknown if unsure else frozenset()).meets(test)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One look at an exercise for side ``treated``, about side ``about``.

    ``met``: the names of what nobody has said whose tests count as met.
    """

    traits: Traits
    treated: str
    about: str
    met: frozenset[str]

    def meets(self, test: ExerciseTest) -> bool:
        """Whether the exercise meets the test in this look."""
        if not (self._plain(test) and self._sides(test)):
            return False
        if not all(map(self._moves, test.movements)) or not all(map(self.meets, test.all)):
            return False
        if test.none:
            other = replace(self, met=self.traits.unknown - self.met)
            if any(map(other.meets, test.none)):
                return False
        return not test.any or any(map(self.meets, test.any))

    def _plain(self, test: ExerciseTest) -> bool:
        t, unknown = self.traits, self.traits.unknown
        for field, name in _ALWAYS_SAID.items():
            if (wanted := getattr(test, field)) and getattr(t, name) not in wanted:
                return False
        for field, name in _ONE.items():
            wanted = getattr(test, field)
            if wanted and not (name in self.met if name in unknown else getattr(t, name) in wanted):
                return False
        for field, name in _SEVERAL.items():
            wanted = getattr(test, field)
            if wanted and wanted.isdisjoint(getattr(t, name)) and name not in self.met:
                return False
        flags = t.flags | self.met
        if (test.flags and test.flags.isdisjoint(flags)) or not test.flags_all <= flags:
            return False
        if test.leg_loads and not any(self._bears(leg, test.leg_loads) for leg in _LEGS):
            return False
        return (
            (test.on_bed is None or test.on_bed == t.on_bed)
            and (test.sided is None or self._sided(test.sided))
            and (test.helper is None or self._helped(test.helper))
        )

    def _sided(self, wanted: bool) -> bool:
        return "sided" in self.met if self._may_have_no_side else self.traits.sided == wanted

    @property
    def _may_have_no_side(self) -> bool:
        return "sided" in self.traits.unknown

    def _helped(self, wanted: bool) -> bool:
        unsaid = "helper" in self.traits.unknown
        return "helper" in self.met if unsaid else self.traits.helper == wanted

    def _bears(self, leg: str, loads: frozenset[str]) -> bool:
        """Whether a leg, by the name of its load, bears one of these."""
        unsaid = leg in self.traits.unknown
        return leg in self.met if unsaid else getattr(self.traits, leg) in loads

    def _legs(self) -> tuple[str, ...]:
        """The loads of the legs that are asked about."""
        if not self.about or not self.treated:
            return _LEGS
        return _LEGS[:1] if self.about == self.treated else _LEGS[1:]

    def _sides(self, test: ExerciseTest) -> bool:
        if test.treated and not self._treats(test.treated):
            return False
        if test.affected and not self._affected(test):
            return False
        return not test.untold or self._may_pass(test)

    def _treats(self, wanted: str) -> bool:
        """Whether the side that is treated is the one asked about, or the other."""
        if not self.treated or (self._may_have_no_side and "sided" not in self.met):
            return False
        return (self.treated == self.about) == (wanted == "same")

    def _affected(self, test: ExerciseTest) -> bool:
        if test.affected == "leg":
            return any(self._bears(leg, test.leg_loads or WEIGHT) for leg in self._legs())
        knee = test.affected == "knee"
        bears = "kneeling" in self.traits.flags | self.met if knee else self._leans()
        limb = self.traits.kneels_on if knee else self.traits.arm_load_on
        return bears and (not self.about or self.about in limb_sides(f"_{limb}", self.treated))

    def _leans(self) -> bool:
        unsaid = "arm_load" in self.traits.unknown
        return "arm_load" in self.met if unsaid else self.traits.arm_load != "none"

    def _may_pass(self, test: ExerciseTest) -> bool:
        """Whether a limb at work may go past the limit without the exercise saying how far."""
        limit, t = test.limit, self.traits
        if limit is None or limit.degrees >= UNTOLD.get((limit.joint, limit.direction), 0):
            return False
        # A movement that is not said may be the one that names the limb: sure in the other look.
        may_name = "movements" in t.unknown - self.met
        if limit.joint in ARM_JOINTS:
            sides = limb_sides(f"_{t.arm_load_on}", self.treated)
            named = may_name or any(m.part.startswith("shoulder") for m in t.movements)
            raised = "arms_overhead" in t.flags | self.met and not named
            works = raised or (self._leans() and self.about in sides)
        else:
            works = any(self._bears(leg, WEIGHT) for leg in self._legs())
        return works and not may_name and not self._names_limb(limit.joint, limit.direction)

    def _names_limb(self, joint: str, way: str) -> bool:
        """Sure in the other look: a movement of a limb that nobody has told may be the other's."""
        test = MovementTest(frozenset({joint}), frozenset({way}), relation="affected")
        other = replace(self, met=self.traits.unknown - self.met)
        return any(other._moved(test, m) for m in self.traits.movements)

    def _moves(self, test: MovementTest) -> bool:
        """Whether a movement meets the test: one that is named, or one that is not said."""
        if any(self._moved(test, m) for m in self.traits.movements):
            return True
        if "movements" in self.met:
            return not (self.about and not self.treated and test.relation in {"toward", "away"})
        named = any(m.part.startswith("shoulder") for m in self.traits.movements)
        return "arms_overhead" in self.met and not named and self._moved(test, RAISED_ARM)

    def _moved(self, test: MovementTest, m: Movement) -> bool:
        unknown = self.traits.unknown
        if "range" in unknown and test.ranges:
            if "range" not in self.met:
                return False
            test = replace(test, ranges=frozenset())
        if "mode" in unknown and test.modes:
            if "mode" not in self.met:
                return False
            test = replace(test, modes=frozenset())
        far = test.above_degrees is not None or bool(test.limited)
        if "degrees" in unknown and far and m.degrees is None:
            if "degrees" not in self.met:
                return False
            test = replace(test, above_degrees=None, limited="")
        if "limb" in unknown and m.part in LIMB_PARTS:
            joint = m.part.rpartition("_")[0]
            each = (replace(m, part=f"{joint}_{which}") for which in LIMBS)
            found = [test.matches(one, self.treated, self.about) for one in each]
            return any(found) if "limb" in self.met else all(found)
        return test.matches(m, self.treated, self.about)


def what_decides(test: ExerciseTest, t: Traits, treated: str, about: str) -> frozenset[str]:
    """Of what nobody has said, the least for which the exercise may meet the test.

    Empty where it surely does, and where it cannot.
    """

    def holds(met: frozenset[str]) -> bool:
        return Doubt(t, treated, about, met).meets(test)

    if not t.unknown or not holds(t.unknown) or holds(frozenset()):
        return frozenset()
    needed = t.unknown & frozenset(_read(test))
    for name in sorted(needed):
        if holds(needed - {name}):
            needed -= {name}
    return needed


def _read(test: ExerciseTest) -> Iterator[str]:
    """The names of what a test looks at."""
    for field, name in (*_ONE.items(), *_SEVERAL.items()):
        if getattr(test, field):
            yield name
    yield from test.flags | test.flags_all
    if test.leg_loads or test.untold:
        yield from _LEGS
    if test.untold:
        yield from ("arm_load", "arms_overhead", "movements")
    if test.helper is not None:
        yield "helper"
    if test.sided is not None or test.treated:
        yield "sided"
    yield from _BORNE.get(test.affected, ())
    if test.movements:
        yield from ("movements", "arms_overhead", "range", "mode", "degrees", "limb")
    for part in (*test.all, *test.any, *test.none):
        yield from _read(part)
