"""A handful of pictures as they were approved by eye, within a tolerance.

A deliberate change of the look: write them anew with
``manage.py figure_sheet SLUG --output tests/programs/figures/golden`` and look at them.
"""

from pathlib import Path

import pytest

from programs.figures import draw
from tests.programs.figures.paths import SVG, elements, vertices
from tests.programs.shipped import shipped_definitions

GOLDEN = Path(__file__).parent / "golden"
TOLERANCE = 6
"""Drawing units: 0.6 hundredths of body height."""
ENTRIES = {e.slug: e for e in shipped_definitions()}


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.svg")), ids=lambda f: f.stem)
def test_a_picture_looks_as_approved(file: Path) -> None:
    slug, number = file.stem.rsplit("-", 1)
    side = slug.rsplit("-", 1)[-1] if slug.endswith(("-left", "-right")) else ""
    drawing = draw(ENTRIES[slug.removesuffix(f"-{side}")], side)[int(number) - 1]
    then, now = shapes(file.read_text(encoding="utf-8")), shapes(drawing.svg)
    assert [kind for kind, _ in now] == [kind for kind, _ in then]
    for (_, old), (_, new) in zip(then, now, strict=True):
        for p in old:
            assert min(abs(p[0] - q[0]) + abs(p[1] - q[1]) for q in new) <= TOLERANCE


def shapes(svg: str) -> list[tuple[str, list[tuple[float, float]]]]:
    """The class and the points of every path, from back to front."""
    return [
        (e.get("class", ""), vertices(e.get("d", "")))
        for e in elements(svg)
        if e.tag == SVG + "path"
    ]


def test_there_are_goldens() -> None:
    assert len(list(GOLDEN.glob("*.svg"))) == 8
