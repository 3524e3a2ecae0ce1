"""Reads the pictures of a catalogue file and refuses bodies that cannot be."""

from __future__ import annotations

from typing import Any

from clinic.parsing.errors import DefinitionError
from programs.figures.checks import problems
from programs.figures.kept import was_drawn
from programs.figures.pose import FigureFrame
from programs.figures.tables import parse_frames


def read_figures(rows: list[Any], *, stored: bool = False) -> tuple[FigureFrame, ...]:
    """All ``[[figure]]`` tables of a file, checked.

    Raises :class:`DefinitionError` naming the frame and the key, or the joint, angle and limit, or
    what does not rest where it should. ``stored``: they were checked when they were stored, and
    their bodies are not solved again. So a check that became stricter since cannot take away what
    is in use. Nor are the poses of the project's own drawings: nobody draws a body that cannot
    be, and solving some three hundred takes as long as all the rest. The tests solve them.
    """
    frames = parse_frames(rows)
    if stored or was_drawn(frames):
        return frames
    for number, frame in enumerate(frames, 1):
        for problem in problems(frame):
            raise DefinitionError(f"figure[{number}]", problem)
    return frames
