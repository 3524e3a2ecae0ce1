"""The people who are drawn: their build, their faces and what they wear.

What differs here is flesh, hair and clothes; lengths of limbs are in ``proportions.py``.
``docs/figures.md`` says how to dress one more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Final


@dataclass(frozen=True, slots=True)
class Build:
    """How thick a body is, as multiples of the usual; ``belly`` and ``bust`` are units."""

    limbs: float = 1.0
    waist: float = 1.0
    hips: float = 1.0
    chest: float = 1.0
    shoulders: float = 1.0
    neck: float = 1.0
    jaw: float = 1.0
    belly: float = 0.0
    bust: float = 0.0


@dataclass(frozen=True, slots=True)
class FigurePerson:
    """One person. ``hair``: ``short``, ``bob``, ``tail``, ``bun``, ``scarf``.

    ``sleeves``: how far down the arm, 1 the elbow, 2 the wrist. ``legs``: how far down the leg, 1
    the knee, 2 the ankle. Colours are skin, hair (or scarf), shirt, trousers and shoes.
    """

    build: Build
    hair: str
    skin: str
    hair_tone: str
    shirt: str
    trousers: str
    shoes: str = "#8795a8"
    sleeves: float = 0.55
    legs: float = 0.7
    glasses: bool = False

    @property
    def colours(self) -> dict[str, str]:
        """Colour by material."""
        return {
            "skin": self.skin,
            "hair": self.hair_tone,
            "shirt": self.shirt,
            "trousers": self.trousers,
            "shoe": self.shoes,
        }


FIGURE_PEOPLE: Final = {
    "young_man": FigurePerson(
        Build(), "short", "#f6d9c2", "#5b4636", "#93c3cd", "#417386", legs=0.72
    ),
    "young_woman": FigurePerson(
        Build(limbs=0.91, waist=0.9, hips=1.04, chest=0.9, shoulders=0.87, neck=0.83, jaw=0.88,
              bust=1.5),
        "tail", "#d9a67f", "#3c2b25", "#f0d9a8", "#577075", sleeves=0.45, legs=1.84,
    ),
    "older_woman": FigurePerson(
        Build(limbs=0.98, waist=1.14, hips=1.1, chest=0.97, shoulders=0.9, neck=0.88, jaw=0.92,
              belly=1.0, bust=1.5),
        "bob", "#f8e0d0", "#b9bcc2", "#d3a3a3", "#5d6a8a", sleeves=0.62, legs=1.6, glasses=True,
    ),
    "broad_man": FigurePerson(
        Build(limbs=1.16, waist=1.26, hips=1.1, chest=1.12, shoulders=1.06, neck=1.2, jaw=1.1,
              belly=2.2),
        "short", "#8d5f43", "#2a2422", "#e8dcbc", "#5a6f86", legs=0.8,
    ),
    "covered_woman": FigurePerson(
        Build(limbs=0.95, waist=0.98, hips=1.05, chest=0.93, shoulders=0.88, neck=0.86, jaw=0.9,
              bust=1.4),
        "scarf", "#e3b68f", "#7d6a9c", "#b4cfae", "#5d6e7c", sleeves=1.86, legs=1.86,
    ),
    "older_man": FigurePerson(
        Build(limbs=0.95, waist=1.06, hips=1.0, chest=0.98, shoulders=0.98, neck=0.95, jaw=1.0,
              belly=1.2),
        "short", "#c68f66", "#d9d9d6", "#c3d3e6", "#857763", sleeves=0.6, legs=1.84, glasses=True,
    ),
}  # fmt: skip
_BROAD: Final = 1.2
HELPING_PERSON: Final = FigurePerson(
    Build(limbs=0.95, chest=0.94, shoulders=0.9, neck=0.86, jaw=0.9, bust=1.3),
    "bun", "#e9e6e4", "#9da2a9", "#efeff1", "#c3c8cf", "#b9bec6", sleeves=0.62, legs=1.84,
)  # fmt: skip
"""Whoever helps is grey, so that nobody asks which of the two is meant."""


def person_for(name: str, *, held: bool = False, among: Collection[str] = ()) -> str:
    """Who shows an entry: always the same, and mixed over a program.

    ``held``: hands lie on the trunk. They are placed on the usual one, and would sink into a much
    broader one. ``among``: only one of these; empty where none of them can.
    """
    names = sorted(
        n
        for n, p in FIGURE_PEOPLE.items()
        if (n in among or not among) and (not held or p.build.waist <= _BROAD)
    )
    if not names:
        return ""
    return names[int.from_bytes(sha256(name.encode()).digest()[:4], "big") % len(names)]
