"""Figures drawn from poses: a catalogue entry's frames in, SVG with words out. Pure."""

from programs.figures.animation import animate
from programs.figures.drawing import Drawing, draw
from programs.figures.entry import read_figures
from programs.figures.pose import FigureFrame

__all__ = ["Drawing", "FigureFrame", "animate", "draw", "read_figures"]
