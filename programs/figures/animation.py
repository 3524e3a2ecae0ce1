"""The movement of an exercise as one SVG: computed poses shown one after the other.

Nothing moves by itself: every animation waits (``begin="indefinite"``) until the page starts it,
which it does on a press, or where the reader has not asked for reduced motion. Until then, and
where there is no script, the first pose stands still.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Final

from programs.figures.drawing import Drawable
from programs.figures.limbs import solve
from programs.figures.motion import between, swapped
from programs.figures.picture import Box, body_of, common_box, floor_line, head_height, paint, svg
from programs.figures.pose import FigureFrame
from programs.figures.skeleton import Skeleton

MOST_STEPS: Final = 48
"""Poses in all; at 20 to a movement they follow each other 14 times a second."""
_STEPS: Final = 20
STEP_S: Final = 0.07
REST_S: Final = 0.9
HOLD_S: Final = 2.6
"""Seconds at an end; longer where the exercise holds."""


def animate(entry: Drawable, side: str = "") -> str:
    """The movement from the first frame to the last and back, or "" without one.

    Views that change between frames are cut, not turned. Pure: equal input gives equal bytes.
    """
    if side not in ("", "left", "right"):
        raise ValueError(f"side must be 'left', 'right' or empty, not {side!r}")
    if not _moves(entry.figures):
        return ""
    poses = list(poses_of(entry.figures))
    canvases = [paint(frame, side == "left", found, helper) for frame, found, helper, _ in poses]
    box = common_box(canvases)
    shared = _shared([canvas.parts for canvas in canvases])
    times = _times([rest for *_, rest in poses], back=not entry.figures[-1].cycle)
    groups = []
    for i, canvas in enumerate(canvases):
        drawn = "".join(canvas.parts[len(shared) :])
        hidden = ' display="none"' if i else ""
        groups.append(f"<g{hidden}>{_show(i, times)}{drawn}</g>")
    title = f"{entry.name}, {side} side" if side else entry.name
    words = f"<title>{escape(title)}</title>"
    inner = _floors(entry.figures, box) + "".join(shared) + "".join(groups)
    return svg(box, words, inner)


def _moves(frames: tuple[FigureFrame, ...]) -> bool:
    """Whether a body changes between two frames."""
    return any(
        one.pose != two.pose or one.helper != two.helper for one, two in itertools.pairwise(frames)
    )


def poses_of(
    frames: tuple[FigureFrame, ...],
) -> Iterator[tuple[FigureFrame, Skeleton, Skeleton | None, float]]:
    """Every pose in order, with the seconds that it stays."""
    if frames[-1].cycle:
        frames = _round(frames)
    bodies = [body_of(frame) for frame in frames]
    helpers = [solve(f.helper) if f.helper else None for f in frames]
    count = min(_STEPS, MOST_STEPS // (len(frames) - 1))
    cycling = any(frame.cycle for frame in frames)
    for i, frame in enumerate(frames):
        rest = HOLD_S if "hold" in frame.signs else STEP_S if cycling else REST_S
        yield _plain(frame, marks=True), bodies[i], helpers[i], rest
        if i + 1 == len(frames) or frames[i + 1].view != frame.view:
            continue
        after = frames[i + 1]
        for k in range(1, count):
            t = k / count
            t = t if cycling else t * t * (3 - 2 * t)
            found = between(
                frame.pose, after.pose, (bodies[i], bodies[i + 1]), t, head_height(frame)
            )
            helper = helpers[i]
            if frame.helper and after.helper and helper and (then := helpers[i + 1]):
                helper = between(frame.helper, after.helper, (helper, then), t, 0.0)
            yield _plain(frame if t < 0.5 else after), found, helper, STEP_S


def _round(frames: tuple[FigureFrame, ...]) -> tuple[FigureFrame, ...]:
    """The frames, then the same with right and left changed over, and the first again."""
    changed = (replace(f, pose=swapped(f.pose)) for f in frames)
    out = [frames[0]]
    for frame in (*frames[1:], *changed, frames[0]):
        if frame.pose != out[-1].pose:
            out.append(frame)
    return tuple(out)


def _plain(frame: FigureFrame, marks: bool = False) -> FigureFrame:
    """A frame without arrows, and between frames without other marks."""
    felt = frame.felt if marks else ()
    return replace(frame, arrows=(), felt=felt, signs=())


def _shared(drawn: list[list[str]]) -> list[str]:
    """What all pictures begin with: the things that stay."""
    first, found = drawn[0], []
    for i, part in enumerate(first):
        if all(len(parts) > i and parts[i] == part for parts in drawn):
            found.append(part)
        else:
            break
    return found


def _times(rests: list[float], back: bool) -> list[tuple[int, float]]:
    """Which pose is shown from which second, there and mostly back; the last row is the end."""
    order = [*range(len(rests)), *(range(len(rests) - 2, 0, -1) if back else ())]
    rows, now = [], 0.0
    for i in order:
        rows.append((i, now))
        now += rests[i]
    rows.append((-1, now))
    return rows


def _show(i: int, times: list[tuple[int, float]]) -> str:
    """The element that shows pose ``i`` at its times."""
    total = times[-1][1]
    values, keys, shown = [], [], None
    for which, start in times[:-1]:
        now = "inline" if which == i else "none"
        if now != shown:
            values.append(now)
            keys.append(f"{start / total:.4f}".rstrip("0").rstrip(".") or "0")
            shown = now
    return (
        f'<animate attributeName="display" begin="indefinite" dur="{total:.2f}s" '
        f'repeatCount="indefinite" calcMode="discrete" values="{";".join(values)}" '
        f'keyTimes="{";".join(keys)}"/>'
    )


def _floors(frames: tuple[FigureFrame, ...], box: Box) -> str:
    """The floor's line, where the camera is level in the first frame."""
    return floor_line(frames[0], box) if frames[0].view[1] == 0 else ""
