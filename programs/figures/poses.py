"""The poses of a movement in their order: from the first frame to the last."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from programs.figures.checks import on_the_way
from programs.figures.detours import Waypoint, detours_for
from programs.figures.limbs import solve
from programs.figures.motion import between, swapped
from programs.figures.pose import FigureFrame
from programs.figures.proportions import USUAL_LENGTHS, Lengths
from programs.figures.resting import body_of
from programs.figures.skeleton import Skeleton

MOST_STEPS: Final = 16
"""Poses that are drawn on the way; of several movements in a row each has ten at least."""
STEP_S: Final = 0.1
CYCLE_S: Final = 0.07
"""Seconds that a pose on the way stays."""
REST_S: Final = 0.9
HOLD_S: Final = 2.6
"""Seconds at an end; longer where the exercise holds."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A frame on the way, its bodies, and the seconds that it stays."""

    frame: FigureFrame
    body: Skeleton
    helper: Skeleton | None
    rest: float


def moves(frames: Sequence[FigureFrame]) -> bool:
    """Whether a body changes between two frames."""
    return any(
        one.pose != two.pose or one.helper != two.helper for one, two in itertools.pairwise(frames)
    )


def moments(frames: tuple[FigureFrame, ...], own: Lengths = USUAL_LENGTHS) -> Iterator[Moment]:
    """Every pose in order, of a body of these lengths.

    Views that change between frames are cut, not turned.
    """
    if frames[-1].cycle:
        frames = _round(frames)
    bodies = [body_of(frame, own) for frame in frames]
    helpers = [solve(f.helper) if f.helper else None for f in frames]
    cycling = any(frame.cycle for frame in frames)
    count = max(4 if cycling else 10, MOST_STEPS // (len(frames) - 1))
    step = CYCLE_S if cycling else STEP_S
    for i, frame in enumerate(frames):
        rest = HOLD_S if "hold" in frame.signs else step if cycling else REST_S
        yield Moment(_plain(frame, marks=True), bodies[i], helpers[i], rest)
        if i + 1 == len(frames) or frames[i + 1].view != frame.view:
            continue
        after = frames[i + 1]
        shares = [k / count for k in range(1, count)]
        if not cycling:
            shares = [t * t * (3 - 2 * t) for t in shares]
        places = [Waypoint.of(frame, after, (bodies[i], bodies[i + 1]), t) for t in shares]
        ways = detours_for(bodies[i], places)
        for place in places:
            helper = helpers[i]
            if frame.helper and after.helper and helper and (then := helpers[i + 1]):
                helper = between(frame.helper, after.helper, (helper, then), place.share, 0.0)
            yield Moment(_plain(place.frame), place.body(ways), helper, step)


def barred(frames: tuple[FigureFrame, ...], own: Lengths = USUAL_LENGTHS) -> list[str]:
    """What is wrong on the way, and with what its ends pass through, in words; each once."""
    return barred_at(moments(frames, own))


def barred_at(passed: Iterable[Moment]) -> list[str]:
    """The same of moments that are at hand."""
    found: dict[str, None] = {}
    for moment in passed:
        found.update(dict.fromkeys(on_the_way(moment.frame, moment.body, moment.helper)))
    return list(found)


def _round(frames: tuple[FigureFrame, ...]) -> tuple[FigureFrame, ...]:
    """The frames, then the same with right and left changed over, and the first again."""
    changed = (replace(f, pose=swapped(f.pose)) for f in frames)
    out = [frames[0]]
    for frame in (*frames[1:], *changed, frames[0]):
        if frame.pose != out[-1].pose:
            out.append(frame)
    return tuple(out)


def _plain(frame: FigureFrame, *, marks: bool = False) -> FigureFrame:
    """A frame without arrows, and between frames without other marks."""
    felt = frame.felt if marks else ()
    return replace(frame, arrows=(), felt=felt, signs=())
