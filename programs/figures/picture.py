"""From the frames of one exercise to finished SVG pictures of one size."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from programs.figures.canvas import PALETTE, Camera, Canvas, num
from programs.figures.limbs import solve
from programs.figures.mannequin import Mannequin
from programs.figures.marks import (
    draw_arrow,
    draw_breath,
    draw_felt,
    draw_sides,
    hold_sign,
    wrong_sign,
)
from programs.figures.pose import FigureFrame, Pose
from programs.figures.props import PILLOW, draw_over, draw_prop, over_body
from programs.figures.skeleton import Skeleton

PAD = 5.0
NARROW, WIDE = 0.84, 2.0
"""Least and greatest breadth of a picture, as a multiple of its height."""
LEAST = 90.0
"""Least breadth in units, so that bodies keep one scale from picture to picture."""
Box = tuple[float, float, float, float]


def head_height(frame: FigureFrame) -> float:
    """How high the head rests: on the highest pillow near the floor, else on the floor."""
    tops = [0.0]
    for prop in frame.props:
        if prop.kind == "pillow" and len(prop.at) < 3 and prop.at and abs(prop.at[0]) > 25:
            tops.append(2 * (prop.size or PILLOW) - 1.2)
    return max(tops)


def body_of(frame: FigureFrame) -> Skeleton:
    """The solved body of a frame."""
    return solve(frame.pose, head_height(frame))


def paint(
    frame: FigureFrame,
    mirrored: bool = False,
    found: Skeleton | None = None,
    helper: Skeleton | None = None,
) -> Canvas:
    """All of a frame but its floor, sign and words, on a canvas; bodies may be solved already."""
    canvas = Canvas(Camera(*frame.view, mirrored=mirrored))
    found = found or body_of(frame)
    for prop in frame.props:
        if not over_body(canvas, prop):
            draw_prop(canvas, prop, found)
    if frame.helper:
        Mannequin(
            canvas, helper or solve(frame.helper), grips=_grips(frame.helper), helper=True
        ).draw()
    body = found

    def felt() -> None:
        for region in frame.felt:
            draw_felt(canvas, body, region)

    Mannequin(canvas, found, frame.in_front, frame.behind, _grips(frame.pose), on_body=felt).draw()
    for prop in frame.props:
        draw_over(canvas, prop, found)
    if frame.sides_named:
        draw_sides(canvas, found)
    for sign in frame.signs:
        if sign.startswith("breathe"):
            draw_breath(canvas, found, sign == "breathe_in")
    for arrow in frame.arrows:
        draw_arrow(canvas, found, arrow)
    return canvas


def _grips(pose: Pose) -> tuple[str, ...]:
    return tuple(k for k, t in pose.touches.items() if t.grip)


def common_box(canvases: Sequence[Canvas]) -> Box:
    """One view box for all frames of an exercise: left, top, breadth, height."""
    left = min(c.low[0] for c in canvases) - PAD
    right = max(c.high[0] for c in canvases) + PAD
    top = min(c.low[1] for c in canvases) - PAD
    bottom = max(c.high[1] for c in canvases) + PAD - 1.0
    wide, high = max(right - left, LEAST), bottom - top
    wide = max(wide, high * NARROW)
    extra = wide - (right - left)
    left -= extra / 2
    if wide > high * WIDE:
        top -= wide / WIDE - high
        high = wide / WIDE
    return (left, top, wide, high)


def finish(frame: FigureFrame, canvas: Canvas, box: Box, title: str, text: str) -> str:
    """The SVG text of one picture."""
    left, top, _wide, _high = box
    inner = "".join(canvas.parts)
    if canvas.camera.up == 0:
        inner = floor_line(frame, box) + inner
    if "hold" in frame.signs:
        inner += hold_sign((left + 1, top + 1))
    if "wrong" in frame.signs:
        inner += wrong_sign((left + 1, top + 1))
    return svg(box, f"<title>{escape(title)}</title><desc>{escape(text)}</desc>", inner)


def svg(box: Box, words: str, inner: str) -> str:
    """Wrap drawn parts; the root sets what lines have in common."""
    view = " ".join(num(v) for v in box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img" class="hf" '
        f'color="{PALETTE["line"]}">{words}'
        f'<g fill="none" stroke="currentColor" stroke-width="9" stroke-linejoin="round" '
        f'stroke-linecap="round">{inner}</g></svg>'
    )


def floor_line(frame: FigureFrame, box: Box) -> str:
    """The line of the floor across the picture."""
    level = 0.0
    for prop in frame.props:
        if prop.kind == "bed":
            level = 18.0
        elif prop.kind == "mat":
            level = 1.2
        elif prop.kind == "treadmill":
            level = (prop.size or 0.0) / 2 + 5.5
    left, _, wide, _ = box
    return (
        f'<path d="M{num(left)} {num(level + 0.5)}h{num(wide)}" class="hf-prop-line-edge" '
        f'stroke="{PALETTE["prop-line"]}" stroke-width="10"/>'
    )
