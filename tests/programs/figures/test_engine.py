"""Whoever changes the way of drawing is asked whether the same pose still gives the same picture.

A drawing is kept until its poses, its person or ``ENGINE`` change. Where code changes pictures and
``ENGINE`` stays, those of chosen people would never be drawn anew, and nobody would see it.
"""

from hashlib import sha256
from pathlib import Path

from programs import figures
from programs.figures.kept import ENGINE

NOTED = Path(__file__).with_name("engine.txt")
SHOWING = {
    "__init__", "animation", "bands", "casting", "demands", "drawing", "entry", "footing", "kept",
    "mirror", "portraits", "pressing", "sheet", "words",
}  # fmt: skip
"""Modules that read, check or tell, and draw no part of a kept picture."""
ASK = """The code that draws changed. Look at some entries before and after (``figure_sheet``).
Other pictures or another fit: raise ENGINE in kept.py, run ``manage.py draw_figures``.
In either case then: python -m tests.programs.figures.test_engine"""


def told() -> str:
    """The engine's number, and the SHA-256 of what draws."""
    found = sha256()
    for path in sorted(Path(figures.__file__).parent.glob("*.py")):
        if path.stem not in SHOWING:
            found.update(path.stem.encode() + path.read_bytes())
    return f"{ENGINE} {found.hexdigest()[:24]}"


def test_a_changed_way_of_drawing_is_noted() -> None:
    assert NOTED.read_text(encoding="ascii").strip() == told(), ASK


if __name__ == "__main__":
    NOTED.write_text(f"{told()}\n", encoding="ascii")
