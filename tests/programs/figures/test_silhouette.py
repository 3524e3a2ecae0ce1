"""The outline of a limb encloses what its pieces cover, and nothing else."""

from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from programs.figures.silhouette import Piece, silhouette
from tests.programs.figures.paths import vertices

place = st.integers(-300, 300).map(lambda n: n / 10)
disc = st.tuples(st.tuples(place, place), st.integers(10, 60).map(lambda n: n / 10))


def test_two_discs_make_a_capsule() -> None:
    path = silhouette([[((0.0, 0.0), 2.0), ((10.0, 0.0), 2.0)]])
    assert path is not None
    assert path.count("M") == 1
    assert {(round(x), round(y)) for x, y in vertices(path)} == {
        (0, 20),
        (0, -20),
        (100, 20),
        (100, -20),
    }


def test_a_disc_inside_another_leaves_no_trace() -> None:
    alone = silhouette([[((0.0, 0.0), 5.0)]])
    assert silhouette([[((0.0, 0.0), 5.0), ((1.0, 0.0), 2.0)]]) == alone


def test_a_bent_limb_has_one_outline() -> None:
    thigh = [((0.0, 0.0), 5.5), ((24.0, 0.0), 3.6)]
    shank = [((24.0, 0.0), 3.6), ((14.0, 22.0), 2.0)]
    path = silhouette([thigh, shank])
    assert path is not None
    assert path.count("M") == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(disc, min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_corner_of_an_outline_lies_on_the_edge_of_the_whole(
    groups: list[list[tuple[tuple[float, float], float]]],
) -> None:
    path = silhouette(groups)
    if path is None:
        return
    pieces = [Piece(discs) for discs in groups]
    for x, y in vertices(path):
        nearest = min(piece.distance((x / 10, y / 10)) for piece in pieces)
        assert abs(nearest) < 0.12


@settings(max_examples=100, deadline=None)
@given(st.lists(disc, min_size=1, max_size=4), place, place)
def test_a_hull_holds_all_its_discs(
    discs: list[tuple[tuple[float, float], float]], x: float, y: float
) -> None:
    piece = Piece(discs)
    inside_a_disc = any(hypot(x - p[0], y - p[1]) <= r - 0.01 for p, r in discs)
    if inside_a_disc:
        assert piece.distance((x, y)) < 0.01
