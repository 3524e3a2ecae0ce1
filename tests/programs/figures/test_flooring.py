"""Whoever stands or sits is on a floor: its end is behind them, and their shadow lies on it."""

from programs.figures.body import BODY_SIDES
from programs.figures.camera import camera_for
from programs.figures.flooring import floor_ends, on_bare_floor, shows_floor
from programs.figures.kept import kept_for
from programs.figures.palette import FLOOR_INK, SHADOW, THINGS, darker
from programs.figures.pose import FigureFrame
from programs.figures.resting import body_of
from programs.figures.skeleton import LYING
from tests.programs.figures.drawn import illustrated

LINE = f'stroke="{FLOOR_INK}"'
TONES = [SHADOW, *(darker(THINGS[name], 0.15) for name in ("mat", "sheet"))]

UNDER_FEET = {"step", "treadmill", "bike"}


def casts_one(frame: FigureFrame) -> bool:
    """Whether somebody is on the floor itself, seen from so low that no foot hides its shadow."""
    kinds = {p.kind for p in frame.props}
    return on_bare_floor(frame) and not kinds & UNDER_FEET and frame.view[1] <= 30


def test_every_floor_has_one_end_and_whoever_is_on_it_has_a_shadow() -> None:
    faults = []
    for entry in illustrated():
        kept = kept_for(entry.figures)
        assert kept is not None, entry.slug
        for number, (frame, shown) in enumerate(zip(entry.figures, kept.pictures, strict=True), 1):
            if shown.shapes.count(LINE) != shows_floor(frame):
                faults.append(f"{entry.slug} {number}: {shown.shapes.count(LINE)} ends of a floor")
            shadows = sum(shown.shapes.count(f'fill="{tone}"') for tone in TONES)
            if not shadows and (frame.pose.base in LYING or casts_one(frame)):
                faults.append(f"{entry.slug} {number}: no shadow")
    assert faults == []


def test_the_end_of_a_floor_stays_where_it_is_while_a_body_moves() -> None:
    faults = []
    for entry in illustrated():
        kept = kept_for(entry.figures)
        if kept is None or kept.movement is None or len({f.view for f in entry.figures}) > 1:
            continue
        ends = [
            kept.movement.common.count(LINE),
            *(p.shapes.count(LINE) for p in kept.movement.poses),
        ]
        if ends != [shows_floor(entry.figures[0]), *(0 for _ in kept.movement.poses)]:
            faults.append(f"{entry.slug}: {ends}")
    assert faults == []


def test_a_floor_ends_behind_every_foot_and_every_thing() -> None:
    entries = {e.slug: e for e in illustrated()}
    for slug, least in (("tandem-stand", 20.0), ("walking", 6.0), ("seated-trunk-rotation", 12.0)):
        frames = entries[slug].figures
        (away,) = floor_ends(frames).values()
        assert away > least
        for frame in frames:
            camera, body = camera_for(frame.view), body_of(frame)
            feet = [body.points[f"toe_{side}"] for side in BODY_SIDES]
            level = -away * camera.near[2]
            assert all(camera.see((x, y, 0.0))[1] > level for x, y, _ in feet)
