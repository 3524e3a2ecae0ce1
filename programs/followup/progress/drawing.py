"""The chart of a case as SVG: pain above, what happened in the middle, place by side below.

Pure. matplotlib is loaded at the first chart, so that nothing else waits for it, and
used through its objects alone: no global figure, no window. The same chart gives the same bytes.
It reads in black and white: each line has its own dashes, marker and name at its end.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clinic.formats import MONTHS, short_words
from clinic.turns import Turns
from programs.followup.progress.plain_svg import plain_svg
from programs.followup.progress.series import Chart, Event, Mark, Point
from programs.followup.progress.weeks import DAYS_SHOWN, Week

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOK: Final = 1
"""Goes up when charts look different, so that no kept one is shown as new."""
INK: Final = "#161c1e"
_SOFT: Final = "#4b5659"
HAIR: Final = "#c9c2b5"
_ACCENT: Final = "#0b5560"
STOP: Final = "#8a1a1a"
RANKS: Final = (
    "No symptoms",
    "Middle of back",
    "Side of back",
    "Buttock",
    "Thigh",
    "Lower leg",
    "Foot",
)
"""Places on the axis, by rank, short enough for a phone."""
ARM_RANKS: Final = (
    "No symptoms",
    "Middle of neck",
    "Side of neck",
    "Shoulder",
    "Upper arm",
    "Forearm",
    "Hand",
)
_SETTINGS: Final[Any] = {
    "svg.hashsalt": "homeward",
    "svg.fonttype": "none",
    "font.family": ["DejaVu Sans"],
    "font.size": 9.0,
    # The page's own plate is behind it, which is not white by night.
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.edgecolor": _SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "xtick.color": _SOFT,
    "ytick.color": _SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "path.simplify": False,
}
MONTHS_FROM: Final = 200
"""Days from which on the axis names months."""
_ONE_AT_A_TIME: Final = Turns()
"""matplotlib's settings are one for the whole process."""


@dataclass(frozen=True, slots=True)
class Size:
    """Breadth and height in inches, room at the sides, and how many marks fit on a line."""

    width: float
    height: float
    ticks: int
    markers: int
    left: float
    right: float


WIDE: Final = Size(8.2, 5.6, 8, 40, 0.135, 0.905)
NARROW: Final = Size(4.1, 5.9, 3, 18, 0.27, 0.82)
SIZES: Final = {"wide": WIDE, "narrow": NARROW}


@dataclass(frozen=True, slots=True)
class _Line:
    """How one line looks, and its name. ``shift``: a hair aside, so that equal lines both show."""

    name: str
    field: str
    dashes: str | tuple[int, tuple[float, ...]]
    marker: str
    colour: str
    filled: bool
    shift: float = 0.0


_PAINS: Final = (
    _Line("Before", "before", "-", "o", _ACCENT, True, -0.12),
    _Line("After", "after", (0, (5, 2)), "s", INK, False, 0.12),
    _Line("Next day", "next_day", (0, (1, 1.6)), "D", STOP, True),
)
_SIDES: Final = (
    _Line("Left", "left", "-", "<", INK, True, -0.07),
    _Line("Right", "right", (0, (5, 2)), ">", _ACCENT, False, 0.07),
)
_EVENTS: Final = (
    (Event.ALERT, "Alert", "^", INK, True),
    (Event.STOPPED, "Stopped", "X", STOP, True),
    (Event.REINSTATED, "Reinstated", "o", INK, False),
)


def draw(chart: Chart, size: Size = WIDE) -> bytes:
    """The chart as SVG, without a style sheet or a date of its own."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with _ONE_AT_A_TIME, rc_context(_SETTINGS):
        figure = Figure(figsize=(size.width, size.height))
        pain, events, place = figure.subplots(
            3, 1, sharex=True, gridspec_kw={"height_ratios": [3.2, 1.0, 3.0], "hspace": 0.08}
        )
        figure.subplots_adjust(left=size.left, right=size.right, top=0.93, bottom=0.075)
        _draw_pain(pain, chart, size)
        _draw_events(events, chart)
        _draw_places(place, chart, size)
        _draw_versions((pain, events, place), chart, size)
        _draw_time(place, chart, size)
        out = io.BytesIO()
        none = {"Date": None, "Creator": None, "Type": None, "Format": None}
        figure.savefig(out, format="svg", metadata=none)
    return plain_svg(out.getvalue().decode()).encode()


def _draw_pain(axes: Axes, chart: Chart, size: Size) -> None:
    axes.set_ylim(-0.4, 10.4)
    axes.set_yticks(range(0, 11, 2))
    axes.set_ylabel("Pain, 0 to 10")
    _frame(axes)
    _draw_lines(axes, chart.points, _PAINS, size, 0.95)


def _draw_places(axes: Axes, chart: Chart, size: Size) -> None:
    """Down the axis is down the leg or arm: a line that rises moves toward the spine."""
    axes.set_ylim(6.4, -0.4)
    axes.set_yticks(range(7), ARM_RANKS if chart.arms else RANKS)
    _frame(axes)
    _draw_lines(axes, chart.points, _SIDES, size, 0.7)


def _draw_lines(
    axes: Axes, points: Sequence[Point], lines: Sequence[_Line], size: Size, room: float
) -> None:
    ends: list[tuple[float, _Line]] = []
    for line in lines:
        found = [(p.day, getattr(p, line.field)) for p in points]
        known = [(day, value + line.shift) for day, value in found if value is not None]
        if not known:
            continue
        axes.plot(
            [_number(day) for day, _ in known],
            [value for _, value in known],
            linestyle=line.dashes,
            linewidth=1.4,
            color=line.colour,
            marker=line.marker,
            markevery=max(1, len(known) // size.markers),
            markersize=4.2,
            markerfacecolor=line.colour if line.filled else "white",
            markeredgewidth=1.0,
        )
        ends.append((known[-1][1], line))
    for y, line in _apart(ends, room):
        axes.annotate(
            line.name,
            (1.012, y),
            xycoords=axes.get_yaxis_transform(),
            va="center",
            color=line.colour,
            fontweight="bold",
            annotation_clip=False,
        )


def _apart(ends: list[tuple[float, _Line]], room: float) -> list[tuple[float, _Line]]:
    """Names at the ends of lines, moved apart where they would stand on each other."""
    placed: list[tuple[float, _Line]] = []
    for y, line in sorted(ends, key=lambda end: end[0]):
        lowest = placed[-1][0] + room if placed else y
        placed.append((max(y, lowest), line))
    over = placed[-1][0] - max((y for y, _ in ends), default=0.0) if placed else 0.0
    return [(y - over / 2, line) for y, line in placed]


def _draw_events(axes: Axes, chart: Chart) -> None:
    axes.set_ylim(len(_EVENTS) - 0.4, -0.6)
    axes.set_yticks(range(len(_EVENTS)), [name for _, name, *_ in _EVENTS])
    _frame(axes)
    for row, (event, _name, marker, colour, filled) in enumerate(_EVENTS):
        days = sorted({_number(m.day) for m in chart.marks if m.event is event})
        axes.plot(
            days,
            [row] * len(days),
            linestyle="none",
            marker=marker,
            markersize=6.5,
            color=colour,
            markerfacecolor=colour if filled else "white",
        )


def _draw_versions(all_axes: Sequence[Axes], chart: Chart, size: Size) -> None:
    """A line through all parts for each version, with its name on top while there is room."""
    marks = [m for m in chart.marks if m.event is Event.VERSION]
    for axes in all_axes:
        for mark in marks:
            axes.axvline(_number(mark.day), color=_SOFT, linewidth=0.9, linestyle=(0, (2, 2)))
    days = max((chart.last - chart.first).days, 1)
    room = days * 0.055 * WIDE.width / size.width
    last: dt.date | None = None
    for mark in marks:
        if last is not None and (mark.day - last).days < room:
            continue
        last = mark.day
        all_axes[0].annotate(
            _short(mark),
            (_number(mark.day), 1.02),
            xycoords=all_axes[0].get_xaxis_transform(),
            ha="center",
            va="bottom",
            color=_SOFT,
            annotation_clip=False,
        )


def _short(mark: Mark) -> str:
    """The label of a version that fits above its line."""
    return mark.label.replace("Version ", "v")


def _draw_time(axes: Axes, chart: Chart, size: Size) -> None:
    spread = max((chart.last - chart.first).days, 1)
    axes.set_xlim(_number(chart.first) - spread * 0.02, _number(chart.last) + spread * 0.02)
    days, years = _ticks(chart.first, chart.last, size.ticks)
    axes.set_xticks([_number(d) for d in days], day_names(days, years))


def day_names(days: Sequence[dt.date], by_month: bool) -> list[str]:
    """The names of these days on the axis."""
    return [f"{MONTHS[d.month - 1]} {d.year}" if by_month else short_words(d) for d in days]


def _ticks(first: dt.date, last: dt.date, most: int) -> tuple[list[dt.date], bool]:
    """Days to name on the axis, and whether by month: Mondays, else first days of months."""
    span = (last - first).days
    for step in (2, 4, 7, 14, 28):
        if span / step <= most and span < MONTHS_FROM:
            start = Week.of(first).monday if step >= DAYS_SHOWN else first
            days = [start + dt.timedelta(days=n) for n in range(0, span + 2 * step, step)]
            return [d for d in days if first <= d <= last], False
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    each = next(n for n in (1, 2, 3, 4, 6, 12, 24, 60, 120, 600) if len(months) / n <= most)
    return [dt.date(m // 12, m % 12 + 1, 1) for m in months if m % each == 0], True


def _frame(axes: Axes) -> None:
    axes.grid(visible=True, axis="y", color=HAIR, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=3)


def _number(day: dt.date) -> float:
    """A day on matplotlib's axis of time, which counts from 1970."""
    return float(day.toordinal() - dt.date(1970, 1, 1).toordinal())
