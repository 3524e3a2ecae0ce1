"""What a page and a handout get: small, sound, described SVG, the same every time."""

import os
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from typing import Any

import pytest

from programs.exercises.definition import Definition
from programs.figures import Drawing, draw
from programs.figures.canvas import PALETTE
from programs.figures.picture import paint
from tests.programs.figures.paths import SVG, elements, vertices
from tests.programs.shipped import shipped_definitions

ENTRIES = [e for e in shipped_definitions() if e.figures]
MOST_BYTES = 8_000
MEDIAN_MS = 5.0


def all_drawings() -> dict[str, tuple[Drawing, ...]]:
    found = {}
    for entry in ENTRIES:
        for side in ("right", "left") if entry.traits.sided else ("",):
            found[f"{entry.slug} {side}".strip()] = draw(entry, side)
    return found


DRAWN = all_drawings()
PICTURES = [
    pytest.param(d, id=f"{name} {i}") for name, ds in DRAWN.items() for i, d in enumerate(ds, 1)
]


@pytest.mark.parametrize("drawing", PICTURES)
def test_a_picture_is_small_sound_and_described(drawing: Drawing) -> None:
    assert len(drawing.svg.encode()) <= MOST_BYTES
    root, *rest = elements(drawing.svg)
    assert root.get("role") == "img"
    title, desc = (next(e for e in rest if e.tag == SVG + t) for t in ("title", "desc"))
    assert title.text
    assert desc.text == drawing.alt
    assert {e.tag.removeprefix(SVG) for e in rest} <= {"title", "desc", "g", "path", "text"}


@pytest.mark.parametrize("drawing", PICTURES)
def test_a_picture_needs_no_style_script_or_id(drawing: Drawing) -> None:
    names = {name for e in elements(drawing.svg) for name in e.attrib}
    assert names & {"style", "id", "href", "onload"} == set()
    assert "url(" not in drawing.svg


@pytest.mark.parametrize("drawing", PICTURES)
def test_everything_drawn_lies_in_the_picture(drawing: Drawing) -> None:
    root, *rest = elements(drawing.svg)
    left, top, wide, high = map(float, root.get("viewBox", "").split())
    for path in (e.get("d", "") for e in rest if e.tag == SVG + "path"):
        for x, y in vertices(path):
            assert left - 1 <= x <= left + wide + 1
            assert top - 1 <= y <= top + high + 1


def test_text_alternatives_are_told_apart() -> None:
    counted = Counter(d.alt for drawings in DRAWN.values() for d in drawings)
    assert [alt for alt, times in counted.items() if times > 1] == []


def test_titles_are_told_apart() -> None:
    titles = Counter(e.text for e in _all(f"{SVG}title"))
    assert [title for title, times in titles.items() if times > 1] == []


def _all(tag: str) -> list[Any]:
    return [e for ds in DRAWN.values() for d in ds for e in elements(d.svg) if e.tag == tag]


def test_captions_and_alternatives_follow_the_side() -> None:
    right, left = DRAWN["piriformis-stretch right"], DRAWN["piriformis-stretch left"]
    assert right[0].caption == "Cross your right ankle over your left thigh"
    assert left[0].caption == "Cross your left ankle over your right thigh"
    swap = {"right": "left", "left": "right"}
    for one, two in zip(right, left, strict=True):
        turned = re.sub(r"\b(right|left)\b", lambda m: swap[m[0]], one.alt)
        assert turned == two.alt


def test_no_placeholder_is_left() -> None:
    words = [t for ds in DRAWN.values() for d in ds for t in (d.caption, d.alt, d.svg)]
    assert [w for w in words if "{" in w] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.slug)
def test_the_left_is_the_right_in_a_mirror(entry: Definition) -> None:
    for frame in entry.figures:
        one, two = paint(frame), paint(frame, mirrored=True)
        assert two.low[0] == pytest.approx(-one.high[0], abs=0.01)
        assert two.high[1] == pytest.approx(one.high[1], abs=0.01)
        flipped = sorted((-x, y) for x, y in _points(one.parts))
        mirrored = sorted(_points(two.parts))
        assert abs(len(flipped) - len(mirrored)) <= 4
        for p in flipped[:: max(1, len(flipped) // 40)]:
            assert min(abs(p[0] - q[0]) + abs(p[1] - q[1]) for q in mirrored) <= 4


def _points(parts: list[str]) -> list[tuple[float, float]]:
    return [p for part in parts for d in re.findall(r' d="([^"]+)"', part) for p in vertices(d)]


def test_all_frames_of_an_entry_share_one_size() -> None:
    for drawings in DRAWN.values():
        boxes = {re.search(r'viewBox="([^"]+)"', d.svg) and d.svg.split('"')[3] for d in drawings}
        assert len(boxes) == 1


def test_equal_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import hashlib\n"
        "from programs.exercises.catalogue_files import built_in\n"
        "from programs.figures import draw\n"
        "text = ''.join(d.svg + d.alt for e in built_in().definitions.values()"
        " for d in draw(e, 'left'))\n"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(digests) == 1


def test_a_frame_is_drawn_in_under_five_milliseconds() -> None:
    spent = []
    for entry in ENTRIES:
        started = time.process_time()
        frames = draw(entry)
        spent.append((time.process_time() - started) * 1000 / len(frames))
    assert statistics.median(spent) < MEDIAN_MS


def test_an_unknown_side_is_refused() -> None:
    with pytest.raises(ValueError, match="side must be"):
        draw(ENTRIES[0], "both")


def test_an_entry_without_figures_has_none() -> None:
    plain = next(e for e in shipped_definitions() if not e.figures)
    assert draw(plain) == ()


def test_the_helper_is_part_of_the_words() -> None:
    assert DRAWN["assisted-leg-traction"][0].alt.endswith("A helper takes part.")


def test_black_and_white_tells_the_tones_apart() -> None:
    def grey(name: str) -> float:
        value = PALETTE[name]
        r, g, b = (int(value[i : i + 2], 16) for i in (1, 3, 5))
        return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255

    tones: dict[str, Any] = {n: grey(n) for n in ("skin", "shirt", "shorts", "mark", "line")}
    assert tones["skin"] - tones["shirt"] > 0.1
    assert tones["shirt"] - tones["shorts"] > 0.25
    assert grey("felt") - tones["shorts"] > 0.1
    assert tones["shirt"] - grey("felt") > 0.15
    assert grey("skin") - grey("skin-far") > 0.1
    assert 1 - tones["mark"] > 0.6
