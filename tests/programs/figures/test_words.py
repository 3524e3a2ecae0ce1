"""Text alternatives say what is seen, in words and not in the keys of a pose."""

import re

from programs.figures import draw
from tests.every_row import every
from tests.programs.figures.drawn import illustrated

ENTRIES = {e.slug: e for e in illustrated()}


def alts(slug: str) -> list[str]:
    return [drawing.alt for drawing in draw(ENTRIES[slug], "right")]


def test_no_key_of_a_pose_is_read_out() -> None:
    told = {slug: [text for text in alts(slug) if "_" in text] for slug in ENTRIES}
    assert {slug: texts for slug, texts in told.items() if texts} == {}


def test_nobody_stands_or_kneels_on_a_chair() -> None:
    upright = re.compile(r"\b(standing|kneeling|hands and knees)[^.;]* on a (high )?chair", re.I)
    told = {slug: [text for text in alts(slug) if upright.search(text)] for slug in ENTRIES}
    assert {slug: texts for slug, texts in told.items() if texts} == {}


@every(
    ("slug", "number", "words"),
    [
        ("sit-to-stand", 1, "Sitting, on a chair"),
        ("sit-to-stand", 3, "Standing, at a chair"),
        ("sit-to-stand-high", 3, "Standing, at a high chair with armrests"),
        ("legs-on-chair-rest", 1, "on a mat, a chair beyond the feet; both hips"),
        ("legs-on-chair-rest", 2, "lower legs on a chair"),
        ("wall-side-glide", 1, "left hand on the wall."),
        ("knee-straightening-stretch", 1, "both hands on the thighs"),
    ],
)
def test_a_thing_is_named_as_it_is_used(slug: str, number: int, words: str) -> None:
    assert words in alts(slug)[number - 1]


@every(
    ("slug", "seen"),
    [
        ("side-walk", "behind"),
        ("neck-rotation", "the front"),
        ("adductor-squeeze", "the feet"),
        ("open-book", "above"),
        ("walking", ""),
        ("bridge", ""),
    ],
)
def test_a_view_is_told_that_is_not_from_the_side(slug: str, seen: str) -> None:
    told = {re.findall(r"Seen from ([a-z ]+)\.", text)[:1] == [seen] for text in alts(slug)}
    assert told == ({True} if seen else {False})
