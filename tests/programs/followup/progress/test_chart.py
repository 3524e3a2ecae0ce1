"""The chart: what it shows, that it stays small, and that the same shows the same."""

import datetime as dt
import gzip
import re

import pytest

from programs.followup.progress.drawing import NARROW, WIDE, Size, draw
from programs.followup.progress.series import Chart, ChartDay, Event, Mark, caption_of, chart_of
from tests.every_row import every

TODAY = dt.date(2026, 11, 20)


def history(days: int) -> Chart:
    """A report a day, moving up the leg, with everything that can be marked."""
    first = TODAY - dt.timedelta(days=days - 1)
    told = [
        ChartDay(
            first + dt.timedelta(days=n),
            6 - 4 * n // days,
            None,
            7 - n % 3,
            5,
            0,
            5 - 5 * n // days,
        )
        for n in range(days)
    ]
    marks = [
        Mark(first, Event.VERSION, "Version 1"),
        Mark(TODAY, Event.VERSION, "Version 2"),
        Mark(TODAY, Event.ALERT, "Worse"),
        Mark(TODAY, Event.STOPPED, "Dead bug"),
        Mark(TODAY, Event.REINSTATED, "Dead bug"),
    ]
    return chart_of(told, marks, TODAY)


def words(svg: bytes) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode())


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_names_everything_in_words(size: Size) -> None:
    found = set(words(draw(history(28), size)))
    assert found >= {
        "Pain, 0 to 10", "Before", "After", "Next day", "Left", "Right", "Alert", "Stopped",
        "Reinstated", "No symptoms", "Buttock", "Thigh", "Lower leg", "Foot", "v1", "v2",
    }  # fmt: skip


def test_lines_are_told_apart_without_colour() -> None:
    svg = draw(history(28)).decode()
    assert svg.count("stroke-dasharray") >= 3
    assert len({line for line in svg.split('stroke-dasharray="')[1:] if line}) >= 3


def test_nothing_in_it_needs_a_style_that_the_policy_refuses() -> None:
    svg = draw(history(28)).decode()
    assert [
        word for word in ("style=", "<style", "<script", "<metadata", 'href="http') if word in svg
    ] == []


@every(
    ("days", "span"), [(14, 1), (100, 1), (101, 7), (690, 7), (2000, 28), (9000, 91), (36000, 364)]
)
def test_a_long_history_is_thinned(days: int, span: int) -> None:
    chart = history(days)
    assert (chart.span, len(chart.points) <= 101) == (span, True)
    assert (chart.first, chart.last) == (TODAY - dt.timedelta(days=days - 1), TODAY)
    assert ("because the history is long" in caption_of(chart)) is (span > 1)


def test_it_stays_small() -> None:
    sizes = {days: len(gzip.compress(draw(history(days)))) for days in (100, 700, 36000)}
    assert {days: size for days, size in sizes.items() if size >= 20_000} == {}


def test_thinning_keeps_the_worst_place_and_the_mean_pain() -> None:
    days = [
        ChartDay(TODAY - dt.timedelta(days=n), before=n % 2, right=6 if n == 50 else 1)
        for n in range(101)
    ]
    points = chart_of(days, [], TODAY).points
    assert max(p.right or 0 for p in points) == 6
    assert all(p.before is not None and 0 <= p.before <= 1 for p in points)


def test_a_chart_of_nothing_is_two_weeks_wide() -> None:
    chart = chart_of([], [], TODAY)
    assert (chart.is_empty, chart.first, chart.last) == (True, dt.date(2026, 11, 7), TODAY)
    assert "Foot" in words(draw(chart))
