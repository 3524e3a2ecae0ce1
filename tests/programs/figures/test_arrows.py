"""Arrows: beside what they speak of, in the picture or in space."""

from math import hypot

import pytest

from clinic.parsing.errors import DefinitionError
from programs.figures import FigureFrame, read_figures
from programs.figures.camera import camera_for
from programs.figures.geometry import Point, add, sub
from programs.figures.marks import ARROW_WIDE, arrow_mark, arrow_track, part_point
from programs.figures.pose import Arrow
from programs.figures.resting import body_of
from tests.every_row import every
from tests.programs.figures.drawn import illustrated

VIEWS = [(0.0, 0.0), (35.0, 10.0), (90.0, 0.0), (180.0, 20.0), (60.0, 75.0)]
STAND = {"caption": "Stand", "touch": {"feet": {"on": "floor", "at": [0, 7]}}}


def gap(frame: FigureFrame, arrow: Arrow) -> float:
    """Units from the middle of an arrow's line to the point that it speaks of."""
    body, camera = body_of(frame), camera_for(frame.view)
    start, handle, end = arrow_track(camera, body, arrow)
    x, y = camera.see(part_point(body, arrow.part))

    def at(t: float) -> Point:
        shares = ((1 - t) ** 2, 2 * t * (1 - t), t * t)
        row = (start, handle, end)
        return (
            sum(k * p[0] for k, p in zip(shares, row, strict=True)),
            sum(k * p[1] for k, p in zip(shares, row, strict=True)),
        )

    return min(hypot(p[0] - x, p[1] - y) for p in (at(i / 60) for i in range(61)))


def test_no_arrow_covers_the_point_that_it_speaks_of() -> None:
    covering = [
        f"{entry.slug}: {arrow}"
        for entry in illustrated()
        for frame in entry.figures
        for arrow in frame.arrows
        if gap(frame, arrow) < ARROW_WIDE
    ]
    assert covering == []


@every("view", VIEWS)
def test_an_arrow_in_space_stays_where_it_belongs_in_any_view(view: tuple[float, float]) -> None:
    (frame,) = read_figures([STAND])
    body, camera = body_of(frame), camera_for(view)
    arrow = Arrow("knee_right", (12.0, -8.0, 0.0), (12.0, -8.0, 20.0))
    (start, _), (end, _), _ = arrow_mark(camera, body, arrow).reach
    knee = part_point(body, "knee_right")
    assert start == camera.see(add(knee, (12.0, -8.0, 0.0)))
    assert end == camera.see(add(knee, (12.0, -8.0, 20.0)))
    assert start[1] > end[1], "up is up, from wherever it is seen"


def test_an_arrow_of_two_numbers_lies_in_the_picture() -> None:
    (frame,) = read_figures([STAND])
    body = body_of(frame)
    arrow = Arrow("knee_right", (12.0, 4.0), (2.0, 4.0))
    for view in VIEWS:
        camera = camera_for(view)
        (start, _), (end, _), _ = arrow_mark(camera, body, arrow).reach
        assert sub((*start, 0.0), (*end, 0.0)) == pytest.approx((10.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("ends", "message"),
    [
        ({"from": [1, 2, 3], "to": [1, 2]}, "must list as many numbers as 'from'"),
        ({"from": [1], "to": [1]}, "must list 2 to 3 numbers"),
    ],
)
def test_both_ends_are_told_in_the_same_way(ends: dict[str, list[int]], message: str) -> None:
    row = {**STAND, "arrows": [{"part": "knee_right", **ends}]}
    with pytest.raises(DefinitionError, match=message):
        read_figures([row])


def test_arrows_in_space_and_in_the_picture_are_read() -> None:
    rows = [{"part": "head", "from": [1, 2], "to": [3, 4]}]
    rows.append({"part": "head", "from": [1, 2, 3], "to": [4, 5, 6]})
    (frame,) = read_figures([{**STAND, "arrows": rows}])
    assert [a.start for a in frame.arrows] == [(1.0, 2.0), (1.0, 2.0, 3.0)]
