"""Borders between regions, and the curves that are drawn along them."""

from math import cos, hypot, pi, sin

import numpy as np
import pytest

from programs.figures.curves import evenly, fit, path, polygon_of, smooth, through
from programs.figures.regions import borders, cleaned, joined, linked, rings


def disc(r: float, size: int = 60) -> np.ndarray:
    i, j = np.mgrid[:size, :size]
    return np.hypot(i + 0.5 - size / 2, j + 0.5 - size / 2) < r


def test_a_disc_has_one_closed_border() -> None:
    (border,) = borders(disc(20).astype(int))
    assert (border.closed, len(border.left)) == (True, len(border.points) - 1)


def test_neighbours_share_one_border() -> None:
    kinds = np.zeros((20, 20), int)
    kinds[5:15, 4:10], kinds[5:15, 10:16] = 1, 2
    found = borders(kinds)
    assert len(found) == 3
    between = [b for b in found if set(kinds.ravel()[[b.left[0], b.right[0]]]) == {1, 2}]
    assert [len(b.points) for b in between] == [11]


def test_a_ring_goes_round_what_is_in_it_one_way_and_round_a_hole_the_other() -> None:
    outer, hole = rings(disc(20) & ~disc(8))
    assert sorted(np.sign([area(outer), area(hole)])) == [-1, 1]
    assert abs(area(outer)) == pytest.approx(pi * 400, rel=0.03)


def area(points: np.ndarray) -> float:
    x, y = points[:, 0], points[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2


def test_specks_and_hairs_are_cleaned_away_and_shapes_stay() -> None:
    whole = disc(20).astype(int)
    dirty = whole.copy()
    dirty[30, 30] = dirty[31, 30] = 7
    dirty[3, 5:50] = 9
    kept = cleaned(dirty)
    assert set(np.unique(kept)) == {0, 1}
    assert (kept != whole).mean() < 0.02


def test_pieces_link_to_a_ring() -> None:
    a, b, c = (np.array(p, float) for p in ([[0, 0], [4, 0]], [[4, 0], [4, 4]], [[4, 4], [0, 0]]))
    (ring,) = linked([(0, 1, a), (2, 0, c), (1, 2, b)])
    assert ring[0].tolist() == ring[-1].tolist() == [0, 0]


def test_a_line_goes_straight_on_through_a_meeting_of_three() -> None:
    left = np.stack([np.arange(0, 11), np.zeros(11)], 1).astype(float)
    right = np.stack([np.arange(10, 21), np.zeros(11)], 1).astype(float)
    down = np.stack([np.full(11, 10), np.arange(0, 11)], 1).astype(float)
    found = joined([(0, 1, left), (1, 2, right), (1, 3, down)])
    assert sorted(len(points) for points, _ in found) == [11, 21]


def test_stairs_become_a_circle() -> None:
    (border,) = borders(disc(20).astype(int))
    soft = smooth(border.points, True)
    off = np.hypot(*(soft - 30).T) - 20
    assert np.abs(off).max() < 0.7
    curves = fit(evenly(soft), 0.3, True)
    assert len(curves) <= 12


def test_a_fitted_curve_stays_near_its_line() -> None:
    line = np.array([(t, 8 * sin(t / 6)) for t in range(80)], float)
    for p, a, b, q in fit(line, 0.5):
        for t in (0.2, 0.5, 0.8):
            w = 1 - t
            at = w**3 * p + 3 * w * w * t * a + 3 * w * t * t * b + t**3 * q
            assert np.hypot(*(line - at).T).min() < 1.2


def test_a_square_has_four_straight_edges() -> None:
    kinds = np.zeros((30, 30), int)
    kinds[5:25, 5:25] = 1
    (border,) = borders(kinds)
    assert len(polygon_of(border.points, 1.0)) in (4, 5)


def test_path_text_is_short_and_never_drifts() -> None:
    circle = [(100 * cos(t), 100 * sin(t)) for t in np.linspace(0, 2 * pi, 9)[:-1]]
    text = path([through(circle, True)], closed=True)
    assert text.startswith("M100 0c")
    assert text.endswith("z")
    assert "." not in text
    numbers = [int(n) for n in text[6:-1].replace("c", " ").replace("-", " -").split()]
    ends = [sum(numbers[i::6]) for i in (4, 5)]
    assert ends == [0, 0]


def test_nothing_is_drawn_of_what_rounds_to_a_point() -> None:
    dot = np.array([[0.1, 0.1], [0.2, 0.2]])
    assert path([[(dot[0], dot[0], dot[1], dot[1])]], closed=False) == ""
    assert hypot(*(dot[1] - dot[0])) > 0
