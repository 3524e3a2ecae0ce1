"""The left is the right in a mirror, letter by letter and point by point."""

import re

from hypothesis import given
from hypothesis import strategies as st

from programs.exercises.definition import Definition
from programs.figures import draw
from programs.figures.kept import KeptPicture, kept_for
from programs.figures.marks import SideLetter
from programs.figures.mirror import mirrored, mirrored_box, mirrored_shapes
from tests.every_row import every
from tests.programs.figures.drawn import illustrated
from tests.programs.figures.paths import vertices

number = st.integers(-2000, 2000)


@every(
    ("one", "other"),
    [
        ("M1 2l3-4z", "M-1 2l-3-4z"),
        ("M-5-6c1 2-3 4 0 6", "M5-6c-1 2 3 4 0 6"),
        ("M0 0L-7 8C1 2 3 4 5 6z", "M0 0L7 8C-1 2-3 4-5 6z"),
        ("", ""),
    ],
)
def test_a_path_is_turned_round_its_middle(one: str, other: str) -> None:
    assert mirrored_shapes(f'<path d="{one}" fill="#123"/>') == f'<path d="{other}" fill="#123"/>'


@given(st.lists(st.tuples(number, number, number, number, number, number), max_size=8))
def test_twice_is_the_same_again(steps: list[tuple[int, ...]]) -> None:
    curves = "".join("c" + " ".join(map(str, s)).replace(" -", "-") for s in steps)
    shapes = f'<path d="M3-4{curves}z" stroke="#000"/>'
    assert mirrored_shapes(mirrored_shapes(shapes)) == shapes


def test_letters_change_names_and_places_and_a_box_its_side() -> None:
    picture = KeptPicture("", (SideLetter("right", (-3.0, 7.2)), SideLetter("left", (4.0, 7.2))))
    assert mirrored(picture).letters == (
        SideLetter("left", (3.0, 7.2)),
        SideLetter("right", (-4.0, 7.2)),
    )
    assert mirrored_box((-40, -90, 100, 120)) == (-60, -90, 100, 120)


def test_the_left_is_the_right_in_a_mirror() -> None:
    sided = [entry for entry in illustrated() if entry.traits.sided]
    faults = [entry.slug for entry in sided if not _is_mirrored(entry)]
    assert (faults, len(sided) > 10) == ([], True)


def _is_mirrored(entry: Definition) -> bool:
    """Whether every point of the left lies where a mirror shows that of the right."""
    kept = kept_for(entry.figures)
    assert kept is not None
    pairs = zip(draw(entry, "right"), draw(entry, "left"), kept.pictures, strict=True)
    return all(
        picture.shapes in right.svg
        and mirrored(picture).shapes in left.svg
        and _points(mirrored(picture).shapes) == [(-x, y) for x, y in _points(picture.shapes)]
        for right, left, picture in pairs
    )


def _points(shapes: str) -> list[tuple[float, float]]:
    return [p for d in re.findall(r' d="([^"]*)"', shapes) for p in vertices(d)]
