"""A dozen pictures as they were approved by eye, within a tolerance.

After a deliberate change of the look, and a look at the pictures, write them anew:
``python -m tests.programs.figures.flattened NAME…``.
"""

from pathlib import Path

from programs.figures import draw
from tests.every_row import every
from tests.programs.figures.flattened import GOLDEN, flattened, unlike
from tests.programs.shipped import shipped_definitions

TOLERANCE = 0.03
"""The share of cells that may have another colour than when they were approved."""
ENTRIES = {e.slug: e for e in shipped_definitions()}


@every("file", sorted(GOLDEN.glob("*.txt")))
def test_a_picture_looks_as_approved(file: Path) -> None:
    slug, number = file.stem.rsplit("-", 1)
    drawing = draw(ENTRIES[slug])[int(number) - 1]
    assert unlike(file.read_text(encoding="ascii").split(), flattened(drawing.svg)) <= TOLERANCE


def test_a_dozen_is_approved() -> None:
    assert len(list(GOLDEN.glob("*.txt"))) == 12
