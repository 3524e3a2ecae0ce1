"""The text alternative of a picture, written from its pose."""

from __future__ import annotations

from typing import Final

from programs.figures.body import BODY_SIDES, SEAT
from programs.figures.camera import camera_for
from programs.figures.geometry import dot
from programs.figures.pose import FigureFrame, Touch
from programs.figures.skeleton import LYING, Skeleton, other

_BASES: Final = {
    "standing": "standing",
    "sitting": "sitting",
    "back": "lying on the back",
    "front": "lying face down",
    "side_right": "lying on the right side",
    "side_left": "lying on the left side",
    "kneeling": "kneeling",
    "half_kneeling": "kneeling on one knee",
    "hands_and_knees": "on hands and knees",
    "over_ball": "face down over a ball",
    "plank": "held up face down on arms and legs",
    "side_plank": "held up on the right side",
}
_PROPS: Final = {
    "mat": "on a mat",
    "chair": "on a chair",
    "bench": "at a bench",
    "bed": "on a bed",
    "wall": "at a wall",
    "wall_end": "at the corner of a wall",
    "counter": "beside a counter",
    "pillow": "with a pillow",
    "towel": "with a towel",
    "massage_ball": "with a small ball",
    "foam_roller": "on a foam roller",
    "exercise_ball": "on a large ball",
    "bike": "on a fixed bike",
    "treadmill": "on a treadmill",
    "ice_pack": "with a wrapped cold pack",
    "step": "at a step",
    "ankle_weight": "with a weight round the ankle",
    "backpack": "with a backpack",
    "resistance_band": "with a stretchy band",
    "hand_weight": "with a weight in the hand",
    "stick": "with a stick",
    "table": "at a table",
    "doorway": "in a doorway",
    "door": "before a closed door",
    "towel_roll": "with a rolled towel",
    "armchair": "on a high chair with armrests",
    "knee_cushion": "with a pillow between the knees",
}
_SEATS: Final = frozenset({"chair", "armchair"})
"""On which one sits; whoever stands or kneels is at them."""
SPOTS: Final = {
    "wall_side": "wall",
    "thigh_front": "{}thigh",
    "thigh_back": "back of the {}thigh",
    "thigh_out": "outside of the {}thigh",
    "flank": "{}side below the ribs",
    "low_back": "low back",
    "ribs": "side of the {}ribs",
    "chest": "{}side of the chest",
    "hand": "back of the {}hand",
    "upper_arm": "{}upper arm",
    "forehead": "forehead",
    "head_side": "side of the head",
    "crown": "top of the head",
}
FELT: Final = {
    "back": "upper back",
    "between_blades": "back between the shoulder blades",
    "side": "side of the trunk",
    "side_upper": "side of the chest below the armpit",
    "hip_front": "front of the hip",
    "hip_side": "side of the hip",
    "pelvic_floor": "floor of the pelvis",
    "thigh_front": "front of the thigh",
    "thigh_back": "back of the thigh",
    "thigh_in": "inside of the thigh",
    "sole": "sole of the foot",
    "ankle_out": "outside of the ankle",
    "low_back": "low back",
    "low_back_spot": "spot beside the low back bones",
    "neck_side": "side of the neck",
    "chest_side": "front of the chest and shoulder",
}


def sided(text: str, side: str) -> str:
    """Fill ``{side}`` and ``{other}`` as the catalogue's steps do, with a capital first letter."""
    text = text.replace("{side}", side).replace("{other}", other(side) if side else "")
    return text[:1].upper() + text[1:]


def swapped(word: str, mirrored: bool) -> str:
    """A side's word, as drawn."""
    return other(word) if mirrored and word in BODY_SIDES else word


def _thing(kind: str, base: str, found: Skeleton) -> str:
    if kind == "chair" and base == "back":
        up = all(found.points[f"ankle_{side}"][2] > SEAT for side in BODY_SIDES)
        return "lower legs on a chair" if up else "a chair beyond the feet"
    if kind in _SEATS and base != "sitting":
        return _PROPS[kind].replace("on ", "at ", 1)
    return _PROPS[kind]


def describe(frame: FigureFrame, found: Skeleton, side: str) -> str:
    """One or two sentences: how the body is placed, what the hands do, where it is felt."""
    mirrored = side == "left"
    base = _BASES[frame.pose.base]
    for one in BODY_SIDES:
        if base.endswith(f"{one} side"):
            base = base.replace(one, swapped(one, mirrored))
    if frame.pose.base == "half_kneeling":
        down = [s for s in BODY_SIDES if frame.pose.touches[f"foot_{s}"].on == "shin"]
        base = f"kneeling on the {swapped(down[0], mirrored)} knee"
    if any(p.kind == "bike" for p in frame.props):
        base = "sitting"
    things = [_thing(p.kind, frame.pose.base, found) for p in frame.props]
    parts = [", ".join([base, *dict.fromkeys(things)])]
    parts += (
        _back(found) + _trunk(frame, mirrored) + _limbs(found, "hip_flexion", "hip", mirrored, 30)
    )
    parts += _limbs(found, "knee_flexion", "knee", mirrored, 30) + _hands(frame, mirrored)
    text = f"{sided(frame.caption, side)}. " + "; ".join(parts).capitalize() + "."
    text += _seen_from(frame, found)
    if frame.felt:
        places = [_felt(name, mirrored) for name in frame.felt]
        text += f" Felt in the {' and the '.join(places)}."
    if frame.inset:
        text += " A circle shows the place close up."
    if "wrong" in frame.signs:
        text += " Not like this."
    if frame.helper:
        text += " A helper takes part."
    if side:
        text += f" Shown for the {side} side."
    return text


_MOSTLY: Final = 0.7
"""Cosine from which a view is called by one way: within 45 degrees of it."""
_HIGH: Final = 45.0


def _seen_from(frame: FigureFrame, found: Skeleton) -> str:
    """Where a picture is seen from, where that is not the body's side."""
    near, pelvis = camera_for(frame.view).near, found.frames["pelvis"]
    if frame.view[1] >= _HIGH:
        return " Seen from above."
    lies = frame.pose.base in LYING
    along = dot(near, pelvis.up if lies else pelvis.forward)
    if abs(along) < _MOSTLY:
        return ""
    ends = ("the head end", "the feet") if lies else ("the front", "behind")
    return f" Seen from {ends[along < 0]}."


def _back(found: Skeleton) -> list[str]:
    """How the low back is curved, beyond its usual curve."""
    flexion = found.lumbar_flexion
    if flexion >= 22:
        return ["low back rounded"]
    if flexion >= 7:
        return ["low back flat"]
    return ["low back arched"] if flexion <= -7 else []


def _trunk(frame: FigureFrame, mirrored: bool) -> list[str]:
    """Bending to a side, and arms held out."""
    angles = frame.pose.angles
    bend = angles.get("lumbar_bend", 0.0) + angles.get("thoracic_bend", 0.0)
    out = []
    if abs(bend) >= 10:
        out.append(f"trunk bent to the {swapped('right' if bend > 0 else 'left', mirrored)}")
    if all(angles.get(f"shoulder_abduction_{s}", 0) >= 60 for s in BODY_SIDES):
        out.append("arms out to the sides")
    return out


def _limbs(found: Skeleton, angle: str, name: str, mirrored: bool, least: float) -> list[str]:
    """Which hips or knees are bent, and by about how much."""
    right, left = (5 * round(found.angles[f"{angle}_{s}"] / 5) for s in BODY_SIDES)
    if abs(right - left) <= 10:
        return [f"both {name}s bent about {right:.0f} degrees"] if right >= least else []
    return [
        f"{swapped(s, mirrored)} {name} bent about {value:.0f} degrees"
        for s, value in zip(BODY_SIDES, (right, left), strict=True)
        if value >= least
    ]


def _hands(frame: FigureFrame, mirrored: bool) -> list[str]:
    places = {
        s: _place(frame.pose.touches[f"hand_{s}"], s, mirrored)
        for s in BODY_SIDES
        if f"hand_{s}" in frame.pose.touches
    }
    for kind in ("counter", "table"):
        if any(p.kind == kind for p in frame.props):
            places = {s: kind if p == "bench" else p for s, p in places.items()}
    places = {s: p for s, p in places.items() if p}
    if len(set(places.values())) == 1 and len(places) == 2:
        return [f"both hands on the {_plural(places['right'])}"]
    return [f"{swapped(s, mirrored)} hand on the {p}" for s, p in places.items()]


def _plural(place: str) -> str:
    """A place that each hand has on its own side."""
    if place.startswith("side "):
        return f"sides{place.removeprefix('side')}"
    return f"{place}s" if place.rsplit(" ", 1)[-1] in _PAIRED else place


_PAIRED: Final = frozenset({"thigh", "knee", "shin", "hip", "ankle", "calf"})


def _place(touch: Touch, side: str, mirrored: bool) -> str:
    if touch.on in ("air", "held"):
        return ""
    whose = side
    name = touch.on
    if name.startswith("other_"):
        name, whose = name.removeprefix("other_"), other(side)
        return SPOTS.get(name, f"{{}}{name}").format(f"{swapped(whose, mirrored)} ")
    place = SPOTS.get(name, name).format("")
    if touch.thumb:
        place += f", thumb on the {SPOTS.get(touch.thumb, touch.thumb).format('')}"
    return place


def _felt(name: str, mirrored: bool) -> str:
    region, _, side = name.rpartition("_")
    if side not in BODY_SIDES:
        return FELT.get(name, name)
    return f"{FELT.get(region, region)} on the {swapped(side, mirrored)}"
