"""The movement of an exercise as one SVG: drawn poses shown one after the other.

Nothing moves by itself: every animation waits (``begin="indefinite"``) until the page starts it,
which it does on a press, or where the reader has not asked for reduced motion. Until then, and
where there is no script, the first pose stands still.
"""

from __future__ import annotations

from html import escape

from programs.figures.drawing import DRAWN_SIDES, Drawable, inside, svg
from programs.figures.kept import Kept, KeptMovement, kept_for
from programs.figures.mirror import mirrored, mirrored_box, mirrored_shapes


def animate(entry: Drawable, side: str = "", kept: Kept | None = None) -> str:
    """The movement from the first frame to the last and back, or "" without one.

    Equal input gives equal bytes. ``kept``: as in ``draw``.
    """
    if side not in DRAWN_SIDES:
        raise ValueError(f"side must be 'left', 'right' or empty, not {side!r}")
    kept = kept or (kept_for(entry.figures) if entry.figures else None)
    if kept is None or kept.movement is None:
        return ""
    return moving(entry, kept.movement, side)


def moving(entry: Drawable, movement: KeptMovement, side: str = "") -> str:
    """A drawn movement with its words."""
    left = side == "left"
    times = _times(movement.rests, back=movement.back)
    groups = []
    for i, pose in enumerate(movement.poses):
        hidden = ' display="none"' if i else ""
        shown = inside(mirrored(pose) if left else pose)
        groups.append(f"<g{hidden}>{_show(i, times)}{shown}</g>")
    title = f"{entry.name}, {side} side" if side else entry.name
    common = mirrored_shapes(movement.common) if left else movement.common
    box = mirrored_box(movement.box) if left else movement.box
    return svg(box, f"<title>{escape(title)}</title>", common + "".join(groups))


def _times(rests: tuple[float, ...], *, back: bool) -> list[tuple[int, float]]:
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
