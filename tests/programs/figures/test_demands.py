"""An exercise is what its picture shows: the traits of every drawn entry against its pose.

A difference is either mended (trait or pose) or excused by name, and an excuse may only make an
entry more careful than its picture, or concern what a picture cannot show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from programs.exercises.definition import Definition
from programs.figures.bands import BANDS
from programs.figures.demands import BENT, DRAWN_FLAGS, TREATED, Demands, demands_of
from programs.rules.movements import Movement
from programs.rules.traits import FLAGS
from tests.programs.shipped import shipped_definitions

DRAWN = [d for d in shipped_definitions() if d.figures]
EDGES: Final = (60, 90, 120)
"""Degrees that rules and readers ask about: a number must be on the right side of each."""
NEAR: Final = 5
THINGS: Final = {
    "wall_end": "wall_corner",
    "doorway": "wall_corner",
    "bike": "stationary_bike",
    "towel_roll": "towel",
    "armchair": "chair",
    "knee_cushion": "pillow",
}
EVERYWHERE: Final = frozenset({"door"})
"""Drawn, and in every home: nobody is asked for one."""

EXCUSED: Final = {
    ("cold-pack", "position"): "It is used lying or sitting; one way is drawn.",
    ("cold-pack", "prone_abdomen_pressure"): "Lying on the front is one way of several, and "
    "the steps let people sit or lie as they can rest.",
    ("cold-pack", "equipment.towel"): "The towel is wrapped round the pack that is drawn.",
    ("combined-movement-test", "helper"): "The physiotherapist beside the patient is drawn; "
    "nobody is asked to bring a helper.",
    ("kneeling-lunge-stretch", "kneels_on"): "The first step kneels on both knees.",
    ("standing-back-flexion", "hip_both flexion"): "The words let the hands go as far as feels "
    "good, which can be past what is drawn.",
    ("heel-slide", "hip_treated flexion"): "The heel can come nearer to the bottom than is drawn, "
    "and the hip bends with it.",
    ("standing-march", "hip_both flexion"): "The words let a knee come up to just below the hip, "
    "which is more than is drawn.",
    ("itb-stretch-standing", "hip_treated adduction"): "The hip may move out as far as it goes, "
    "which is more than is drawn.",
    ("pelvic-floor-squeeze", "position"): "It is done in any position; sitting is drawn.",
}
"""(entry, key) → why it differs. ``manage.py figure_sheet SLUG`` shows the picture."""

UNSHOWN: Final = {
    "traction": "A pull has no angle.",
    "compression": "Nor has pressing together.",
    "external_rotation": "A thigh's own turn hides in where the knee and the foot are.",
    "internal_rotation": "Seen only where a foot on the floor turns in.",
    "dorsiflexion": "Felt in the calf; the angle alone does not make it a stretch.",
    "plantarflexion": "As dorsiflexion.",
    "anterior_tilt": "The pelvis's own tilt shows as the low back's curve, which is checked.",
    "posterior_tilt": "As the anterior tilt.",
    "shift_toward": "A shift of the hips shows as the side-bend above them, which is checked.",
    "shift_away": "As the shift toward.",
    "inversion": "A foot's tilt hides in its shape.",
    "eversion": "As inversion.",
    "toes flexion": "Toes are drawn as one.",
    "toes extension": "As their bending.",
    "contract": "Nothing outside moves.",
    "release": "As to contract.",
    "knee extension": "Straight is straight; what stretches is behind it.",
    "horizontal_adduction": "Across the chest is where the hand is, which the words name.",
    "horizontal_abduction": "As across the chest.",
    "scapula retraction": "A shoulder blade slides under the shirt.",
    "scapula protraction": "As back.",
    "scapula elevation": "As back.",
    "scapula depression": "As back.",
    "elbow extension": "Straight is straight.",
    "pronation": "Which way a palm faces is seen, and no rule asks by how much.",
    "supination": "As pronation.",
    "wrist flexion": "As pronation.",
    "wrist extension": "As pronation.",
    "hand flexion": "A fist is seen, and no rule asks for how tight.",
    "hand extension": "As a fist.",
    "shoulder abduction": "Raised arms are counted as one, in whatever direction.",
}
"""Movements whose range a picture cannot tell, and why."""
EFFORT: Final = "isometric"
"""A way of moving that is an effort: a joint that is held against something shows no angle."""
UNTOLD_FLAGS: Final = {
    "needs_core_control": "An effort.",
    "core_activation": "An effort.",
    "static_stretch": "A purpose: held poses look the same when they strengthen.",
    "teach_first": "Who should learn it in the clinic is a judgement.",
    "symptom_response": "What is watched is a judgement.",
    "high_impact": "A still picture has no impact.",
    "above_easy": "An effort.",
    "abdominal_wall_load": "An effort.",
    "head_position_change": "A still picture has no speed.",
    "complex_sequence": "How much must be remembered is a judgement.",
}
"""Flags no picture can show, and why."""


def differences(d: Definition) -> list[str]:
    """What the traits say otherwise than the picture, as ``file: key: what``."""
    return [
        f"{d.slug}.toml: {key}: {what}" for key, what in _all(d) if (d.slug, key) not in EXCUSED
    ]


def _all(d: Definition) -> list[tuple[str, str]]:
    shown = demands_of(d.figures, sided=d.traits.sided)
    parts = (_placing, _flags, _weights, _spine_and_limbs, _bends, _pressure, _things)
    return [pair for part in parts for pair in part(d, shown)]


Found = Iterator[tuple[str, str]]


def _placing(d: Definition, shown: Demands) -> Found:
    if d.traits.position not in shown.positions:
        yield "position", f"is {d.traits.position}, drawn {sorted(shown.positions)}"


def _flags(d: Definition, shown: Demands) -> Found:
    for flag in sorted(DRAWN_FLAGS):
        if (flag in shown.flags) != (flag in d.traits.flags):
            yield flag, "is drawn, not said" if flag in shown.flags else "is said, not drawn"


def _weights(d: Definition, shown: Demands) -> Found:
    t = d.traits
    if t.arm_load != shown.arm_load:
        yield "arm_load", f"is {t.arm_load}, drawn {shown.arm_load}"
    for key, drawn in (("arm_load_on", shown.arms), ("kneels_on", shown.knees)):
        said = {"both": {"treated", "other"}}.get(getattr(t, key), {getattr(t, key)})
        if drawn and said != drawn:
            yield key, f"is {getattr(t, key)}, drawn {sorted(drawn)}"
    if (t.neck_load == "active") != shown.neck_works:
        yield "neck_load", f"is {t.neck_load}, neck {'at work' if shown.neck_works else 'at rest'}"


def _spine_and_limbs(d: Definition, shown: Demands) -> Found:
    """Every movement drawn is said with its range, and every one said is drawn."""
    said = dict(_said(d.traits.movements))
    for (part, way), degrees in shown.moves.items():
        band = BANDS.get((part.split("_")[0], _plain(way)))
        if band is None or degrees < band.named:
            continue
        key = f"{part} {way}"
        if (part, way) not in said:
            yield key, f"{degrees:.0f} degrees drawn, not said"
        elif said[part, way] != band.range_of(degrees):
            yield key, f"is {said[part, way]}, drawn {band.range_of(degrees)} ({degrees:.0f})"
    for part, way in dict(_said(m for m in d.traits.movements if m.mode != EFFORT)):
        joint = part.split("_")[0]
        band = BANDS.get((joint, _plain(way)))
        if way in UNSHOWN or f"{joint} {way}" in UNSHOWN or way == "neutral" or _is_bend(part, way):
            continue
        if band is None or shown.moves.get((part, way), 0.0) < band.shown:
            yield f"{part} {way}", "is said, not drawn"
    if ("lumbar", "neutral") in said and len([1 for p, _ in said if p == "lumbar"]) > 1:
        yield "lumbar neutral", "cannot be, with another movement of the low back"


def _plain(way: str) -> str:
    for lateral in ("side_bend", "rotation"):
        if way.startswith(lateral + "_"):
            return lateral
    return way


def _is_bend(part: str, way: str) -> bool:
    return way == "flexion" and part.startswith(("hip", "knee"))


def _said(movements: Iterable[Movement]) -> Iterator[tuple[tuple[str, str], str]]:
    """(SolidPart, direction) → range, with both legs or arms as two rows."""
    for m in movements:
        if m.part.endswith("_both"):
            for which in TREATED.values():
                yield (m.part.replace("both", which), m.direction), m.range
        else:
            yield (m.part, m.direction), m.range


def _bends(d: Definition, shown: Demands) -> Found:
    """Hips and knees bent far carry their degrees, leg by leg."""
    said: dict[str, tuple[str, int | None]] = {}
    for m in d.traits.movements:
        if _is_bend(m.part, m.direction):
            both = m.part.endswith("_both")
            legs = [m.part.replace("both", w) for w in TREATED.values()] if both else [m.part]
            said |= dict.fromkeys(legs, (m.part, m.degrees))
    for leg, drawn in sorted(shown.bends.items()):
        part, degrees = said.get(leg, (leg, None))
        key = f"{part} flexion"
        if drawn > BENT + 0.5 and degrees is None:
            yield key, f"{leg} bends {drawn:.0f} degrees, not said"
        elif degrees is not None and (
            abs(degrees - drawn) > NEAR or any((degrees > e) != (drawn > e + 0.5) for e in EDGES)
        ):
            yield key, f"{leg} is {degrees} degrees, drawn {drawn:.1f}"


def _pressure(d: Definition, shown: Demands) -> Found:
    if d.traits.contact != shown.touched:
        yield "contact", f"is {sorted(d.traits.contact)}, drawn {sorted(shown.touched)}"
    if (d.traits.pressure != "none") != bool(shown.pressed):
        yield "pressure", f"is {d.traits.pressure}, drawn on {sorted(shown.pressed) or 'nothing'}"


def _things(d: Definition, shown: Demands) -> Found:
    drawn = {THINGS.get(kind, kind) for kind in shown.things - EVERYWHERE}
    for code in sorted(set(d.traits.equipment) - drawn):
        yield f"equipment.{code}", "is needed, not drawn"
    for code in sorted(drawn - {*d.traits.equipment, *d.equipment_optional}):
        yield f"equipment.{code}", "is drawn, not said"
    if d.traits.helper != shown.helped:
        yield "helper", "is drawn, not said" if shown.helped else "is said, not drawn"


def test_the_traits_say_what_the_picture_shows() -> None:
    assert [text for d in DRAWN for text in differences(d)] == []


def test_every_flag_is_either_shown_by_a_picture_or_named_as_one_that_is_not() -> None:
    assert DRAWN_FLAGS | set(UNTOLD_FLAGS) == set(FLAGS)
    assert not DRAWN_FLAGS & set(UNTOLD_FLAGS)


def test_no_excuse_is_left_over() -> None:
    by_slug = {d.slug: d for d in DRAWN}
    stale = [key for key in EXCUSED if key not in _keys(by_slug[key[0]])]
    assert stale == []


def _keys(d: Definition) -> set[tuple[str, str]]:
    return {(d.slug, key) for key, _ in _all(d)}


def changed(slug: str, **traits: object) -> list[str]:
    """What the check says of an entry whose traits were changed."""
    d = next(d for d in DRAWN if d.slug == slug)
    return differences(replace(d, traits=replace(d.traits, **traits)))  # type: ignore[arg-type]


def test_a_wrong_trait_is_named_with_file_and_key() -> None:
    bench = "bench-traction"
    flags = frozenset({"teach_first"})
    assert changed(bench, flags=flags) == [
        "bench-traction.toml: balance_demand: is drawn, not said"
    ]
    assert changed(bench, arm_load="partial") == [
        "bench-traction.toml: arm_load: is partial, drawn full"
    ]
    assert sorted(changed("childs-pose", movements=())) == [
        "childs-pose.toml: hip_other flexion: hip_other bends 126 degrees, not said",
        "childs-pose.toml: hip_treated flexion: hip_treated bends 126 degrees, not said",
        "childs-pose.toml: knee_other flexion: knee_other bends 147 degrees, not said",
        "childs-pose.toml: knee_treated flexion: knee_treated bends 147 degrees, not said",
        "childs-pose.toml: lumbar flexion: 32 degrees drawn, not said",
        "childs-pose.toml: shoulder_other flexion: 173 degrees drawn, not said",
        "childs-pose.toml: shoulder_treated flexion: 173 degrees drawn, not said",
    ]
    assert changed("wall-calf-stretch", position="sitting") == [
        "wall-calf-stretch.toml: position: is sitting, drawn ['standing']"
    ]


def test_degrees_on_the_wrong_side_of_a_right_angle_are_told() -> None:
    bent = (Movement("hip_treated", "flexion", "mid", "hold", 91),)
    d = next(d for d in DRAWN if d.slug == "supine-hamstring-stretch")
    others = tuple(m for m in d.traits.movements if m.part != "hip_treated")
    assert changed(d.slug, movements=bent + others) == [
        "supine-hamstring-stretch.toml: hip_treated flexion: hip_treated is 91 degrees, drawn 88.0"
    ]
