"""What was measured as SVG: a part for each measure, with the line from which a change counts.

Pure. As the chart of a case: matplotlib's objects alone, the same bytes for the same numbers, and
readable in black and white.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from patients.measures.charted import MeasureLine, chart_height
from programs.followup.progress.drawing import (
    _ACCENT,
    _ONE_AT_A_TIME,
    _SETTINGS,
    _SOFT,
    INK,
    Size,
    _frame,
    _number,
    _ticks,
    day_names,
)
from programs.followup.progress.plain_svg import plain_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MEASURED_LOOK: Final = 1
"""Goes up when these charts look different."""
_INCH: Final = 100
"""Pixels of the page to an inch of the drawing."""
_FEWEST_NAMED: Final = 2
"""Days on the axis; where fewer would be named, the first and the last are."""
_EDGE: Final = 45
"""Pixels below the lowest part, for the days."""


def draw_measures(lines: Sequence[MeasureLine], size: Size) -> bytes:
    """The lines that were measured on two days or more, one below the other."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    height = chart_height(len(lines))
    first = min(line.days[0][0] for line in lines)
    last = max(line.days[-1][0] for line in lines)
    with _ONE_AT_A_TIME, rc_context(_SETTINGS):
        figure = Figure(figsize=(size.width, height / _INCH))
        parts = figure.subplots(
            len(lines), 1, sharex=True, squeeze=False, gridspec_kw={"hspace": 0.42}
        )[:, 0]
        figure.subplots_adjust(
            left=size.left / 2, right=size.right, top=1 - 30 / height, bottom=_EDGE / height
        )
        for axes, line in zip(parts, lines, strict=True):
            _draw_line(axes, line)
        _draw_days(parts[-1], first, last, size)
        out = io.BytesIO()
        none = {"Date": None, "Creator": None, "Type": None, "Format": None}
        figure.savefig(out, format="svg", metadata=none)
    return plain_svg(out.getvalue().decode()).encode()


def _draw_line(axes: Axes, line: MeasureLine) -> None:
    """The values of one measure, and the value from which a change for the better counts."""
    values = [value for _, value in line.days]
    better = line.counts_from
    shown = [*values, *([] if better is None else [better])]
    room = max(1.0, (max(shown) - min(shown)) * 0.18)
    axes.set_ylim(max(-0.4, min(shown) - room), max(shown) + room)
    axes.set_title(f"{line.measured.label} ({line.measured.unit})", loc="left", fontsize=9)
    axes.locator_params(axis="y", integer=True, nbins=5)
    _frame(axes)
    if better is not None:
        axes.axhline(better, color=_SOFT, linewidth=1.0, linestyle=(0, (2, 2)))
        axes.annotate(
            "counts",
            (1.012, better),
            xycoords=axes.get_yaxis_transform(),
            va="center",
            color=_SOFT,
            annotation_clip=False,
        )
    axes.plot(
        [_number(day) for day, _ in line.days],
        values,
        linewidth=1.4,
        color=_ACCENT,
        marker="o",
        markersize=4.2,
    )
    for day, value in (line.days[0], line.days[-1]):
        axes.annotate(
            str(value),
            (_number(day), value),
            xytext=(0, 6),
            textcoords="offset points",
            ha="center",
            color=INK,
            fontweight="bold",
        )


def _draw_days(axes: Axes, first: dt.date, last: dt.date, size: Size) -> None:
    spread = max((last - first).days, 1)
    axes.set_xlim(_number(first) - spread * 0.04, _number(last) + spread * 0.04)
    days, by_month = _ticks(first, last, size.ticks)
    if len(days) < _FEWEST_NAMED:
        days, by_month = sorted({first, last}), False
    axes.set_xticks([_number(day) for day in days], day_names(days, by_month))
