"""Drawings: one frame drawn, and every kept drawing of the catalogue read and mirrored."""

from __future__ import annotations

import time
from statistics import median

from benchmarks.measure import Result
from programs.exercises.catalogue_files import built_in
from programs.figures import draw
from programs.figures.flooring import floor_ends
from programs.figures.kept import DRAWINGS_FOLDER
from programs.figures.people import FIGURE_PEOPLE
from programs.figures.picture import paint
from programs.figures.scene import common_box, scene_of

FRAME_GOAL_MS = "< 500"
SAMPLE = ("dead-bug", "piriformis-stretch", "standing-side-bend", "wall-calf-stretch")


def measure(runs: int) -> list[Result]:
    """Milliseconds from a checked pose to its shapes, and from what is kept to SVG with words."""
    entries = [
        (definition, side)
        for definition in built_in().definitions.values()
        if definition.figures
        for side in (("right", "left") if definition.traits.sided else ("",))
    ]
    whole, frames = [], 0
    for _ in range(runs):
        started = time.perf_counter()
        frames = sum(len(draw(definition, side)) for definition, side in entries)
        whole.append((time.perf_counter() - started) * 1000)
    size = sum(file.stat().st_size for file in DRAWINGS_FOLDER.iterdir())
    return [
        Result(
            "draw one frame, once, to be kept, processor time", _one_frame(), "ms", FRAME_GOAL_MS
        ),
        Result(f"all {frames} kept frames with words, both sides", round(median(whole), 1), "ms"),
        Result("all kept drawings and movements", round(size / 1e6, 2), "MB", "< 6"),
    ]


def _one_frame() -> float:
    """The median of the processor time over all frames of some entries."""
    each = []
    for slug in SAMPLE:
        frames = built_in().definitions[slug].figures
        scenes = [scene_of(frame, FIGURE_PEOPLE["young_woman"]) for frame in frames]
        box, ends = common_box(scenes), floor_ends(frames)
        for scene in scenes:
            started = time.process_time()
            paint(scene, box, ends)
            each.append((time.process_time() - started) * 1000)
    return round(median(each), 1)
