"""A picture of each person, to choose them by: standing, seen from the front and a little aside."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from programs.figures.drawing import svg
from programs.figures.people import FIGURE_PEOPLE
from programs.figures.proportions import OWN_LENGTHS
from programs.figures.tables import parse_frames

PORTRAITS_FOLDER: Final = Path(__file__).parents[2] / "static/programs/exercises/pictures"
_STANDING: Final[list[dict[str, Any]]] = [
    {
        "caption": "Standing",
        "base": "standing",
        "view": [68, 6],
        "touch": {"feet": {"on": "floor", "at": [-4.8, 6.2]}},
        "angles": {"shoulder_abduction": 14, "elbow_flexion": 12},
    }
]


def portrait_file(person: str) -> Path:
    """Where the portrait of somebody is kept, as it ships."""
    return PORTRAITS_FOLDER / f"{person}.svg"


def portrait(person: str) -> str:
    """Draw somebody; without words, which stand beside the picture."""
    from programs.figures.rendering import render_pictures

    own = OWN_LENGTHS[person]
    box, (picture,) = render_pictures(parse_frames(_STANDING), person, own=own)
    return svg(box, "", picture.shapes) + "\n"


def draw_portraits() -> int:
    """Draw everybody and keep them; how many."""
    PORTRAITS_FOLDER.mkdir(parents=True, exist_ok=True)
    for person in FIGURE_PEOPLE:
        portrait_file(person).write_text(portrait(person), encoding="utf-8")
    return len(FIGURE_PEOPLE)
