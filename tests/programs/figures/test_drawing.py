"""What a page and a handout get: small, sound, described SVG, the same every time."""

import re
from collections import Counter
from typing import Any

import pytest

from programs.figures import draw
from tests.programs.figures.drawn import drawings, illustrated, pictures
from tests.programs.figures.paths import SVG, elements, vertices
from tests.programs.shipped import shipped_definitions

MOST_BYTES = 8_000
MOST_WITH_MORE = 11_000
TAGS = {"title", "desc", "g", "path", "text"}


def test_pictures_are_small() -> None:
    sizes = {place: len(drawing.svg.encode()) for place, drawing in pictures()}
    more = {e.slug for e in illustrated() if any(f.helper or f.inset for f in e.figures)}
    most = {p: MOST_WITH_MORE if p.split(".")[0] in more else MOST_BYTES for p in sizes}
    assert {place: size for place, size in sizes.items() if size > most[place]} == {}


def test_pictures_are_sound_and_described() -> None:
    faults = []
    for place, drawing in pictures():
        root, *rest = elements(drawing.svg)
        words = {
            e.tag.removeprefix(SVG): e.text for e in rest if e.tag in (f"{SVG}title", f"{SVG}desc")
        }
        if root.get("role") != "img":
            faults.append(f"{place}: role {root.get('role')}")
        if not words.get("title"):
            faults.append(f"{place}: no title")
        if words.get("desc") != drawing.alt:
            faults.append(f"{place}: described as {words.get('desc')}")
        if odd := {e.tag.removeprefix(SVG) for e in rest} - TAGS:
            faults.append(f"{place}: has {odd}")
    assert faults == []


def test_pictures_need_no_style_script_or_id() -> None:
    faults = []
    for place, drawing in pictures():
        names = {name for e in elements(drawing.svg) for name in e.attrib}
        if found := names & {"style", "id", "href", "onload"}:
            faults.append(f"{place}: has {found}")
        if "url(" in drawing.svg:
            faults.append(f"{place}: refers to something")
    assert faults == []


def test_everything_drawn_lies_in_its_picture() -> None:
    faults = []
    for place, drawing in pictures():
        root, *rest = elements(drawing.svg)
        left, top, wide, high = map(float, root.get("viewBox", "").split())
        points = [p for e in rest if e.tag == f"{SVG}path" for p in vertices(e.get("d", ""))]
        outside = [
            (x, y)
            for x, y in points
            if not (left - 1 <= x <= left + wide + 1 and top - 1 <= y <= top + high + 1)
        ]
        if outside or not points:
            faults.append(f"{place}: {len(points)} points, outside {outside[:3]}")
    assert faults == []


def test_text_alternatives_are_told_apart() -> None:
    counted = Counter(d.alt for drawings in drawings().values() for d in drawings)
    assert [alt for alt, times in counted.items() if times > 1] == []


def test_titles_are_told_apart() -> None:
    titles = Counter(e.text for e in _all(f"{SVG}title"))
    assert [title for title, times in titles.items() if times > 1] == []


def _all(tag: str) -> list[Any]:
    return [e for ds in drawings().values() for d in ds for e in elements(d.svg) if e.tag == tag]


def test_captions_and_alternatives_follow_the_side() -> None:
    right, left = (drawings()[f"piriformis-stretch {side}"] for side in ("right", "left"))
    assert right[0].caption == "Cross your right ankle over your left thigh"
    assert left[0].caption == "Cross your left ankle over your right thigh"
    swap = {"right": "left", "left": "right"}
    for one, two in zip(right, left, strict=True):
        turned = re.sub(r"\b(right|left)\b", lambda m: swap[m[0]], one.alt)
        assert turned == two.alt


def test_no_placeholder_is_left() -> None:
    words = [t for ds in drawings().values() for d in ds for t in (d.caption, d.alt, d.svg)]
    assert [w for w in words if "{" in w] == []


def test_all_frames_of_an_entry_share_one_size() -> None:
    boxes = {
        name: {str(re.findall(r'viewBox="([^"]+)"', d.svg)) for d in drawn}
        for name, drawn in drawings().items()
    }
    assert {name: sizes for name, sizes in boxes.items() if len(sizes) != 1} == {}


def test_an_unknown_side_is_refused() -> None:
    with pytest.raises(ValueError, match="side must be"):
        draw(illustrated()[0], "both")


def test_an_entry_without_figures_has_none() -> None:
    plain = next(e for e in shipped_definitions() if not e.figures)
    assert draw(plain) == ()


def test_the_helper_is_part_of_the_words() -> None:
    assert drawings()["assisted-leg-traction"][0].alt.endswith("A helper takes part.")
