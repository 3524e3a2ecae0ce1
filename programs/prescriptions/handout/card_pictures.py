"""The pictures of one exercise, cut to their ink, before and after they have a place. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from programs.exercises.pictures.figure import Figure
from programs.prescriptions.handout.ink import cut_to_ink
from programs.prescriptions.sheet import Numbered

_PHOTO_UNITS: Final = 1000.0
"""A photo stands as high as a person who stands."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture cut to its ink: its address on the page, and its size in its own units."""

    address: str
    figure: Figure
    svg: str
    wide: float
    high: float

    @property
    def lying(self) -> bool:
        """Whether it is broader than high."""
        return self.wide > self.high


def pictures_of(exercise: Numbered) -> tuple[Picture, ...]:
    """The pictures of an exercise; one that cannot be read still has its words and a place."""
    return tuple(
        _picture(f"figure:{exercise.number}-{n}", figure)
        for n, figure in enumerate(exercise.item.figures, start=1)
    )


def _picture(address: str, figure: Figure) -> Picture:
    if figure.image:
        wide, high = figure.room
        unit = _PHOTO_UNITS / max(wide, high)
        return Picture(address, figure, "", wide * unit, high * unit)
    inked = cut_to_ink(figure.svg)
    if inked is None:
        return Picture(address, figure, figure.svg, 600.0, 400.0)
    return Picture(address, figure, inked.svg, inked.wide, inked.high)


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture with its size on paper and the breadth of its place, in millimetres."""

    picture: Picture
    wide: float
    high: float
    place: float
