"""The condition language of the rules: tests over case facts and over exercise traits.

Pure. A test is a TOML table; all its keys must hold. Case tests are three-valued, because a finding
may be unknown: unknown is never read as no. There is deliberately no way to test a finding for
*no*, so that a new finding can never improve a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Final

from patients.vocabulary import Approach
from programs.rules.facts import OPPOSITE, CaseFacts, RuleSettings
from programs.rules.traits import POSITIONS, Movement, Traits

MOVES: Final = frozenset({"side_bend", "rotation", "shift"})


class Truth(IntEnum):
    """No, not known, yes; the smallest of several is their conjunction."""

    NO = 0
    UNKNOWN = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class CaseMatch:
    """What a case test found: its truth, and the unknown findings that decide it."""

    truth: Truth
    unknown: frozenset[str] = frozenset()


YES: Final = CaseMatch(Truth.YES)
NO: Final = CaseMatch(Truth.NO)


THREE_VALUED: Final = frozenset({"findings", "all", "any", "plain"})
_NOTHING: Final[tuple[object, ...]] = (frozenset(), "", False, None)
"""What a field holds that tests nothing."""


@dataclass(frozen=True, slots=True)
class CaseTest:
    """A condition over case facts; empty fields are not tested.

    ``resources`` and ``lacks``: at least one of these is at home; none of these is.
    """

    conditions: frozenset[str] = frozenset()
    laterality: str = ""
    no_condition: bool = False
    findings: frozenset[str] = frozenset()
    red_flags: frozenset[str] = frozenset()
    surgeries: frozenset[str] = frozenset()
    weeks_below: str = ""
    approaches: frozenset[str] = frozenset()
    pregnancy_from: str = ""
    pregnant: bool = False
    postnatal_below: str = ""
    age_below: int | None = None
    preferences: frozenset[str] = frozenset()
    irritability: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    all: tuple[CaseTest, ...] = ()
    any: tuple[CaseTest, ...] = ()
    plain: bool = field(init=False, compare=False, repr=False)
    """Whether it tests more than findings."""

    def __post_init__(self) -> None:
        """Note once what is asked for every case."""
        tested = [f.name for f in fields(self) if f.name not in THREE_VALUED]
        plain = any(getattr(self, name) not in _NOTHING for name in tested)
        object.__setattr__(self, "plain", plain)

    def evaluate(self, case: CaseFacts, settings: RuleSettings, about: str = "") -> CaseMatch:
        """Truth for this case under these settings.

        ``about``: left or right, where only what concerns that side of the body counts.
        """
        if self.plain and not self._plain_facts(case, settings, about):
            return NO
        if not (self.findings or self.all or self.any):
            return YES
        parts = [t.evaluate(case, settings, about) for t in self.all]
        if self.findings:
            parts.append(self._findings(case, about))
        if self.any:
            parts.append(_either([t.evaluate(case, settings, about) for t in self.any]))
        return _together(parts)

    def _plain_facts(self, case: CaseFacts, settings: RuleSettings, about: str) -> bool:
        """The two-valued part: everything but findings."""
        if self.conditions and not self._conditions(case, about):
            return False
        if self.no_condition and case.conditions:
            return False
        if self.red_flags and not any(case.red_flags.get(c) for c in self.red_flags):
            return False
        if self.surgeries and not self._operated(case, settings, about):
            return False
        if not self._numbers(case, settings):
            return False
        if self.preferences and case.directional_preference not in self.preferences:
            return False
        if self.resources and not self.resources & case.resources:
            return False
        if self.lacks and self.lacks & case.resources:
            return False
        return not self.irritability or case.irritability in self.irritability

    def _numbers(self, case: CaseFacts, settings: RuleSettings) -> bool:
        """Weeks of a pregnancy, weeks since a birth, years of age."""
        if self.pregnant and case.pregnancy_weeks is None:
            return False
        if self.pregnancy_from and (
            case.pregnancy_weeks is None
            or case.pregnancy_weeks < settings.value(self.pregnancy_from)
        ):
            return False
        if self.postnatal_below and (
            case.postnatal_weeks is None
            or case.postnatal_weeks >= settings.value(self.postnatal_below)
        ):
            return False
        return self.age_below is None or (case.age is not None and case.age < self.age_below)

    def _conditions(self, case: CaseFacts, about: str) -> bool:
        if not any(c.code in self.conditions for c in case.conditions):
            return False
        if not self.laterality and not about:
            return True
        sides = case.sides_of(self.conditions)
        if about and about not in sides:
            return False
        return not self.laterality or len(sides) == (1 if self.laterality == "one_side" else 2)

    def _findings(self, case: CaseFacts, about: str) -> CaseMatch:
        unknown = []
        for code in self.findings:
            said = case.answer(code)
            if said and case.concerns(code, about):
                return YES
            if said is None:
                unknown.append(code)
        return CaseMatch(Truth.UNKNOWN, frozenset(unknown)) if unknown else NO

    def _operated(self, case: CaseFacts, settings: RuleSettings, about: str) -> bool:
        """Whether an operation meets this test. An unknown date counts as recent."""
        return any(
            s.code in self.surgeries
            and (not about or about in s.sides)
            and (
                not self.weeks_below
                or s.weeks_ago is None
                or s.weeks_ago < settings.value(self.weeks_below)
            )
            and (not self.approaches or (s.approach or Approach.UNKNOWN) in self.approaches)
            for s in case.surgeries
        )

    def codes(self) -> frozenset[str]:
        """Every condition, finding, surgery and red-flag code mentioned."""
        own = self.conditions | self.findings | self.red_flags | self.surgeries
        for test in (*self.all, *self.any):
            own |= test.codes()
        return own


def _together(parts: list[CaseMatch]) -> CaseMatch:
    if len(parts) == 1:
        return parts[0]
    truth = min((p.truth for p in parts), default=Truth.YES)
    if truth is not Truth.UNKNOWN:
        return CaseMatch(truth)
    return CaseMatch(truth, frozenset().union(*(p.unknown for p in parts)))


def _either(parts: list[CaseMatch]) -> CaseMatch:
    if len(parts) == 1:
        return parts[0]
    truth = max(p.truth for p in parts)
    if truth is not Truth.UNKNOWN:
        return CaseMatch(truth)
    return CaseMatch(truth, frozenset().union(*(p.unknown for p in parts)))


@dataclass(frozen=True, slots=True)
class MovementTest:
    """A test one movement of the exercise must meet.

    ``relation``: ``toward`` or ``away`` compares a side-bend, rotation or shift with the side the
    rule is about; ``affected`` asks whether the limb of that side moves.
    """

    parts: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    ranges: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    above_degrees: int | None = None
    relation: str = ""

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
        if self.relation == "affected":
            return about in _limb_sides(m.part, treated)
        if self.relation:
            return lateral and _lateral_side(way, treated) == (
                about if self.relation == "toward" else OPPOSITE.get(about)
            )
        return True


def _limb_sides(part: str, treated: str) -> tuple[str, ...]:
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


@dataclass(frozen=True, slots=True)
class ExerciseTest:
    """A condition over exercise traits; empty fields are not tested.

    ``affected``: ``knee`` or ``arm`` of the side the rule is about bears weight. ``treated``:
    whether the exercise is done for that side or for the other.
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
    helper: bool | None = None
    sided: bool | None = None
    on_bed: bool | None = None
    treated: str = ""
    affected: str = ""
    movements: tuple[MovementTest, ...] = ()
    all: tuple[ExerciseTest, ...] = ()
    any: tuple[ExerciseTest, ...] = ()
    none: tuple[ExerciseTest, ...] = ()

    def matches(self, t: Traits, treated: str, about: str) -> bool:
        """Whether the traits, for side ``treated``, meet the test about side ``about``."""
        if not self._plain_traits(t):
            return False
        if self.treated and (not treated or (treated == about) != (self.treated == "same")):
            return False
        if self.affected and not self._bears(t, treated, about):
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
        """Whether the knee or the arm of the side the rule is about bears weight."""
        bears = "kneeling" in t.flags if self.affected == "knee" else t.arm_load != "none"
        limb = t.kneels_on if self.affected == "knee" else t.arm_load_on
        return bears and (not about or about in _limb_sides(f"_{limb}", treated))

    def _plain_traits(self, t: Traits) -> bool:
        pairs = (
            (self.kinds, t.kind),
            (self.phases, t.phase),
            (self.positions, t.position),
            (self.pressures, t.pressure),
            (self.breathing, t.breathing),
            (self.modalities, t.modality),
            (self.efforts, t.effort),
            (self.spine_loads, t.spine_load),
            (self.arm_loads, t.arm_load),
            (self.neck_loads, t.neck_load),
        )
        if any(wanted and has not in wanted for wanted, has in pairs):
            return False
        sets = ((self.flags, t.flags), (self.contacts, t.contact), (self.topics, t.topics))
        if any(wanted and not wanted & has for wanted, has in sets):
            return False
        if not self.flags_all <= t.flags:
            return False
        if self.helper is not None and self.helper != t.helper:
            return False
        if self.on_bed is not None and self.on_bed != t.on_bed:
            return False
        return self.sided is None or self.sided == t.sided

    def is_relative(self) -> bool:
        """Whether the side the rule is about matters."""
        return (
            bool(self.treated or self.affected)
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
