"""What an exercise is: its definition as data, read from TOML, checked and frozen.

Pure. A definition holds the words a patient follows, the traits the rules judge (never the slug),
and the dosage presets with their sources. Directions are relative to the treated side: ``away``
bends the trunk to the other side, ``toward`` bends it to the treated side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from patients.vocabulary import EQUIPMENT
from programs.dosage import Dosage, DosageError

KINDS: Final = MappingProxyType(
    {
        "exercise": "Exercise",
        "release": "Self-massage",
        "advice": "Advice",
        "test": "Clinic test",
        "restricted": "With a professional only",
    }
)
NEVER_PRESCRIBED: Final = frozenset({"test", "restricted"})
PHASES: Final = MappingProxyType(
    {
        "settle": "Settle symptoms",
        "release": "Release tight muscles",
        "stretch": "Stretch",
        "decompress": "Ease pressure",
        "restore_motion": "Get moving",
        "strengthen": "Build strength",
        "aerobic": "Walk, cycle, keep fit",
        "posture": "Posture",
        "daily_life": "Daily life",
        "assess": "Assess in the clinic",
    }
)
"""Purposes in the order a program lists them."""
REGIONS: Final = MappingProxyType(
    {
        "low_back": "Low back",
        "trunk_side": "Side of the trunk",
        "abdomen": "Belly",
        "pelvis": "Pelvis",
        "hip": "Hip",
        "buttock": "Buttock",
        "thigh": "Thigh",
        "calf": "Calf",
        "shoulder": "Shoulder",
        "neck": "Neck",
        "whole_body": "Whole body",
    }
)
POSITIONS: Final = MappingProxyType(
    {
        "supine": "Lying on the back",
        "hooklying": "Lying on the back, knees bent",
        "prone": "Lying on the front",
        "prone_over_ball": "Lying over a ball",
        "side_lying": "Lying on the side",
        "sitting": "Sitting",
        "standing": "Standing",
        "single_leg_standing": "Standing on one leg",
        "half_kneeling": "Kneeling on one knee",
        "kneeling": "Kneeling",
        "hands_and_knees": "Hands and knees",
        "lunge": "Lunge",
        "any": "Any position",
    }
)
SPINE_PARTS: Final = frozenset({"lumbar", "thoracic", "neck"})
LIMB_PARTS: Final = frozenset(
    f"{joint}_{which}"
    for joint in ("hip", "knee", "ankle", "shoulder")
    for which in ("treated", "other", "both")
)
PARTS: Final = SPINE_PARTS | LIMB_PARTS | {"pelvis"}
SIDED_DIRECTIONS: Final = frozenset(
    f"{move}_{where}" for move in ("side_bend", "rotation", "shift") for where in ("away", "toward")
)
SPINE_DIRECTIONS: Final = frozenset(
    {"flexion", "extension", "traction", "compression", "neutral"}
    | {f"{m}_{w}" for m in ("side_bend", "rotation") for w in ("away", "toward", "both")}
)
PELVIS_DIRECTIONS: Final = frozenset(
    {"anterior_tilt", "posterior_tilt", "shift_toward", "shift_away"}
)
LIMB_DIRECTIONS: Final = frozenset(
    {
        "flexion",
        "extension",
        "abduction",
        "adduction",
        "internal_rotation",
        "external_rotation",
        "dorsiflexion",
        "plantarflexion",
    }
)
RANGES: Final = ("inner", "mid", "end")
"""Farthest point of the movement's range that is reached, smallest first."""
MODES: Final = frozenset({"hold", "repeated", "oscillation", "isometric", "gait"})
SPINE_LOADS: Final = ("unloaded", "low", "moderate", "high")
ARM_LOADS: Final = ("none", "partial", "full")
NECK_LOADS: Final = ("none", "active")
EFFORTS: Final = frozenset(
    {
        "passive_stretch",
        "active_motion",
        "assisted_motion",
        "isometric",
        "strength",
        "endurance",
        "relaxed_breathing",
        "self_release",
        "traction",
        "thermal",
        "education",
    }
)
FLAGS: Final = MappingProxyType(
    {
        "head_below_heart": "Head lower than the heart",
        "supine_prolonged": "Stays lying on the back",
        "floor_transfer": "Needs getting down to the floor and up",
        "kneeling": "Weight on a knee",
        "balance_demand": "Needs balance",
        "prone_abdomen_pressure": "Pressure on the belly",
        "arms_overhead": "Arm above shoulder height",
        "head_lift": "Head lifted against gravity",
        "exercise_ball": "On a large ball",
        "needs_core_control": "Needs the core held steady",
        "core_activation": "Teaches the core to switch on",
        "static_stretch": "Slow held stretch",
        "teach_first": "Show it in the clinic first",
        "symptom_response": "Needs the response watched",
        "high_impact": "High impact or heavy lifting",
    }
)
PRESSURES: Final = ("none", "light", "moderate", "deep")
CONTACTS: Final = frozenset({"low_back", "trunk_side", "abdomen"})
BREATHING: Final = frozenset({"none", "breath_hold_possible", "forced_exhale"})
MODALITIES: Final = frozenset({"none", "cold", "heat", "electrotherapy", "inversion"})
TOPICS: Final = frozenset(
    {
        "medicine",
        "core_in_daily_life",
        "sleep_on_back",
        "sleep_on_side",
        "sitting",
        "repeated_bending",
        "stay_active",
        "space_and_clothes",
        "stretch_technique",
        "posture_hyperlordosis",
        "posture_anterior_pelvic_tilt",
        "posture_lateral_pelvic_tilt",
        "posture_scoliosis",
        "cold",
    }
)
TRANSIENT_RISES: Final = MappingProxyType(
    {
        "no": "No rise in symptoms is expected",
        "during_only": "A rise is allowed during the exercise",
        "during_and_5min": "A rise is allowed during and for 5 minutes after",
    }
)
SOURCES: Final = MappingProxyType(
    {
        "S0": "Lumbar foraminal stenosis exercises (a practitioner's guide)",
        "S1": "Sciatica exercises for spinal stenosis (a spine information site)",
        "S2": "5 lumbar radiculopathy exercises (Alliance Physical Therapy Partners)",
        "S3": "Lumbar extension: purpose, exercises, and more (Verywell Health)",
        "S4": "Exercises and stretches for lower back pain (HealthSoul)",
        "project": "Written for this project; no source gives the detail",
    }
)
SLUG_PATTERN: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class DefinitionError(ValueError):
    """A definition that cannot be loaded: the ``key`` in the file and the reason."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        self.reason = reason
        super().__init__(f"{key}: {reason}")


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of one body part.

    ``range`` is the farthest point reached. ``degrees`` is the largest joint angle where a limit
    depends on it (hip and knee flexion); ``None`` where no rule needs it.
    """

    part: str
    direction: str
    range: str
    mode: str
    degrees: int | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """A source's own dose of an exercise."""

    label: str
    source: str
    item: str
    dosage: Dosage


@dataclass(frozen=True, slots=True)
class Traits:
    """What the rules see of an exercise: how it moves, loads and places the body."""

    kind: str
    phase: str
    sided: bool
    position: str
    movements: tuple[Movement, ...] = ()
    spine_load: str = "unloaded"
    arm_load: str = "none"
    neck_load: str = "none"
    effort: str = "education"
    flags: frozenset[str] = frozenset()
    pressure: str = "none"
    contact: frozenset[str] = frozenset()
    breathing: str = "none"
    modality: str = "none"
    topics: frozenset[str] = frozenset()
    equipment: tuple[str, ...] = ()
    helper: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        """Equipment codes, and ``helper``, without which it cannot be done; sorted."""
        return tuple(sorted((*self.equipment, *(("helper",) if self.helper else ()))))


@dataclass(frozen=True, slots=True)
class Definition:
    """One catalogue entry, complete and checked."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    summary: str
    regions: tuple[str, ...]
    muscles: tuple[str, ...]
    traits: Traits
    equipment_optional: tuple[str, ...]
    steps: tuple[str, ...]
    feel: str
    avoid: tuple[str, ...]
    stop: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    prerequisites: tuple[str, ...]
    presets: tuple[Preset, ...]
    transient_rise: str
    transient_when: str
    sources: tuple[tuple[str, str], ...]
    author: str
    licence: str
    reviewed_by: str
    reviewed_on: str

    @property
    def prescribable(self) -> bool:
        """Tests and restricted entries are shown, judged and never prescribed."""
        return self.traits.kind not in NEVER_PRESCRIBED


class Reader:
    """Takes keys out of a table one by one, so that what is left over is an unknown key."""

    def __init__(self, table: Mapping[str, Any], where: str = "") -> None:
        if not isinstance(table, Mapping):
            raise DefinitionError(where or "file", "must be a table")
        self.table = dict(table)
        self.where = where

    def key(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def take(self, name: str, kind: type, default: Any = ...) -> Any:
        if name not in self.table:
            if default is ...:
                raise DefinitionError(self.key(name), "is missing")
            return default
        value = self.table.pop(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise DefinitionError(self.key(name), f"must be of type {_TYPE_WORDS[kind]}")
        return value

    def text(self, name: str, default: Any = ..., *, longest: int = 400) -> str:
        value = str(self.take(name, str, default)).strip()
        if default is ... and not value:
            raise DefinitionError(self.key(name), "must not be empty")
        if len(value) > longest:
            raise DefinitionError(self.key(name), f"must be at most {longest} characters")
        return value

    def choice(self, name: str, allowed: Any, default: Any = ...) -> str:
        value = self.take(name, str, default)
        if value not in allowed:
            raise DefinitionError(
                self.key(name), f"'{value}' is not known; allowed: {', '.join(sorted(allowed))}"
            )
        return str(value)

    def texts(self, name: str, default: Any = ..., allowed: Any = None) -> tuple[str, ...]:
        values = self.take(name, list, default)
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise DefinitionError(self.key(name), "must list texts, none of them empty")
            if allowed is not None and value not in allowed:
                raise DefinitionError(
                    self.key(name), f"'{value}' is not known; allowed: {', '.join(sorted(allowed))}"
                )
        if len(set(values)) != len(values):
            raise DefinitionError(self.key(name), "lists something twice")
        return tuple(v.strip() for v in values)

    def tables(self, name: str, parse: Callable[[Any, str], Any]) -> tuple[Any, ...]:
        rows = self.take(name, list, [])
        return tuple(parse(row, f"{self.key(name)}[{i + 1}]") for i, row in enumerate(rows))

    def finish(self) -> None:
        for name in self.table:
            raise DefinitionError(self.key(name), "is not a known key")


_TYPE_WORDS: Final = {
    str: "text",
    bool: "true or false",
    list: "list",
    dict: "table",
    int: "number",
}


def parse_definition(data: Mapping[str, Any]) -> Definition:
    """Check one catalogue file's table and freeze it.

    Raises :class:`DefinitionError` naming the key and the reason. References to other entries are
    checked by :func:`check_references`, once all are read.
    """
    r = Reader(data)
    slug = r.text("slug", longest=80)
    if not SLUG_PATTERN.fullmatch(slug):
        raise DefinitionError("slug", "must be lower-case words joined by hyphens")
    traits = _parse_traits(r)
    definition = Definition(
        slug=slug,
        name=r.text("name", longest=90),
        aliases=r.texts("aliases", []),
        summary=r.text("summary", longest=200),
        regions=r.texts("regions", allowed=REGIONS),
        muscles=r.texts("muscles", []),
        traits=traits,
        equipment_optional=r.texts("equipment_optional", [], EQUIPMENT),
        steps=r.texts("steps"),
        feel=r.text("feel", ""),
        avoid=r.texts("avoid", []),
        stop=r.texts("stop", []),
        easier=r.texts("easier", []),
        harder=r.texts("harder", []),
        prerequisites=r.texts("prerequisites", []),
        presets=r.tables("dosage", _parse_preset),
        transient_rise=r.choice("transient_rise", TRANSIENT_RISES, "no"),
        transient_when=r.text("transient_when", ""),
        sources=r.tables("source", _parse_source),
        author=r.text("author"),
        licence=r.text("licence"),
        reviewed_by=r.text("reviewed_by", ""),
        reviewed_on=r.text("reviewed_on", ""),
    )
    r.finish()
    _check_whole(definition)
    return definition


def _parse_traits(r: Reader) -> Traits:
    return Traits(
        kind=r.choice("kind", KINDS),
        phase=r.choice("phase", PHASES),
        sided=r.take("sided", bool),
        position=r.choice("position", POSITIONS),
        movements=r.tables("movement", _parse_movement),
        spine_load=r.choice("spine_load", SPINE_LOADS, "unloaded"),
        arm_load=r.choice("arm_load", ARM_LOADS, "none"),
        neck_load=r.choice("neck_load", NECK_LOADS, "none"),
        effort=r.choice("effort", EFFORTS),
        flags=frozenset(r.texts("flags", [], FLAGS)),
        pressure=r.choice("pressure", PRESSURES, "none"),
        contact=frozenset(r.texts("contact", [], CONTACTS)),
        breathing=r.choice("breathing", BREATHING, "none"),
        modality=r.choice("modality", MODALITIES, "none"),
        topics=frozenset(r.texts("topics", [], TOPICS)),
        equipment=r.texts("equipment", [], EQUIPMENT),
        helper=r.take("helper", bool, False),
    )


def _parse_movement(row: Any, where: str) -> Movement:
    r = Reader(row, where)
    part = r.choice("part", PARTS)
    allowed = SPINE_DIRECTIONS if part in SPINE_PARTS else LIMB_DIRECTIONS
    if part == "pelvis":
        allowed = PELVIS_DIRECTIONS
    movement = Movement(
        part=part,
        direction=r.choice("direction", allowed),
        range=r.choice("range", RANGES),
        mode=r.choice("mode", MODES),
        degrees=r.take("degrees", int, None) if "degrees" in r.table else None,
    )
    r.finish()
    if movement.degrees is not None and not 0 <= movement.degrees <= 180:
        raise DefinitionError(f"{where}.degrees", "must lie between 0 and 180")
    return movement


def _parse_preset(row: Any, where: str) -> Preset:
    r = Reader(row, where)
    label, item = r.text("label", longest=80), r.text("item", "", longest=40)
    source = r.choice("source", SOURCES)
    try:
        dosage = Dosage.from_dict(r.table)
    except DosageError as error:
        raise DefinitionError(f"{where}.{error.field}", error.message) from error
    return Preset(label=label, source=source, item=item, dosage=dosage)


def _parse_source(row: Any, where: str) -> tuple[str, str]:
    r = Reader(row, where)
    pair = (r.choice("id", SOURCES), r.text("item", "", longest=80))
    r.finish()
    return pair


def _check_whole(d: Definition) -> None:
    """Rules that concern several keys at once."""
    if not 3 <= len(d.steps) <= 7:
        raise DefinitionError("steps", "must have 3 to 7 entries")
    if not d.sources:
        raise DefinitionError("source", "is missing: name where the entry comes from")
    relative = [m for m in d.traits.movements if is_relative(m)]
    if relative and not d.traits.sided:
        raise DefinitionError(
            "movement", f"'{relative[0].part} {relative[0].direction}' needs sided = true"
        )
    if d.prescribable and d.traits.kind != "advice" and not d.presets:
        raise DefinitionError("dosage", "is missing: an exercise needs at least one preset")
    if not d.prescribable and d.presets:
        raise DefinitionError("dosage", f"must be absent for kind '{d.traits.kind}'")
    if d.transient_rise != "no" and not d.transient_when:
        raise DefinitionError("transient_when", "is missing: say when a rise is allowed")
    if any(word == "pelvic tilt" for word in map(str.lower, (d.name, *d.aliases))):
        raise DefinitionError("name", "'pelvic tilt' alone is ambiguous: say posterior or anterior")


def is_relative(movement: Movement) -> bool:
    """Whether the movement's meaning depends on the treated side."""
    return movement.direction in SIDED_DIRECTIONS or movement.part.endswith(("_treated", "_other"))


def check_references(definitions: Sequence[Definition]) -> list[tuple[str, str, str]]:
    """Check slugs across entries; return ``(slug, key, reason)`` for every broken one."""
    problems, seen = [], set()
    known = {d.slug for d in definitions}
    for d in definitions:
        if d.slug in seen:
            problems.append((d.slug, "slug", "is used by two files"))
        seen.add(d.slug)
        for key in ("easier", "harder", "prerequisites"):
            for other in getattr(d, key):
                if other not in known:
                    problems.append((d.slug, key, f"'{other}' is not in the catalogue"))
                elif other == d.slug:
                    problems.append((d.slug, key, "names the entry itself"))
    return problems
