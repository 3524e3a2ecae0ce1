"""Drawing: one frame of an exercise, and every frame of the catalogue."""

from __future__ import annotations

import time
from statistics import median

from benchmarks.measure import Result
from programs.exercises.catalogue_files import built_in
from programs.figures import draw

FRAME_GOAL_MS = "< 5"


def measure(runs: int) -> list[Result]:
    """Milliseconds from the checked pose to the SVG with its words; nothing is kept between."""
    entries = [
        (definition, side)
        for definition in built_in().definitions.values()
        if definition.figures
        for side in (("right", "left") if definition.traits.sided else ("",))
    ]
    frames = 0
    each: list[float] = []
    whole: list[float] = []
    for _ in range(runs):
        frames, took = 0, 0.0
        for definition, side in entries:
            started = time.perf_counter()
            drawn = draw(definition, side)
            spent = (time.perf_counter() - started) * 1000
            frames, took = frames + len(drawn), took + spent
            each += [spent / len(drawn)] * len(drawn)
        whole.append(took)
    every = f"draw the whole catalogue, {frames} frames, both sides"
    return [
        Result("draw one frame", round(median(each), 2), "ms", FRAME_GOAL_MS),
        Result(every, round(median(whole), 1), "ms"),
    ]
