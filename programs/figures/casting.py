"""Who shows an entry where somebody has chosen the people, and what that drawing is kept by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from programs.figures.contact import hand_on_trunk
from programs.figures.kept import row_of, stamp_of
from programs.figures.people import FIGURE_PEOPLE, person_for
from programs.figures.pose import FigureFrame


class FigurePart(NamedTuple):
    """What there is to be shown: an entry of the project's own, its poses, who is in it as it
    ships, and whether hands lie on the trunk."""

    slug: str
    digest: str
    person: str
    held: bool


class Casting(NamedTuple):
    """Who shows a part, and the name of that drawing: its poses, its person, its engine."""

    person: str
    stamp: str


def known_people(names: Collection[str]) -> tuple[str, ...]:
    """Those of the names that there are, in the order of the people."""
    return tuple(name for name in FIGURE_PEOPLE if name in names)


def part_of(frames: Sequence[FigureFrame]) -> FigurePart | None:
    """What these poses are a part for; None where the project's own catalogue has them not."""
    found = row_of(frames) if frames else None
    if found is None:
        return None
    slug, row = found
    held = any(hand_on_trunk(frame.pose) for frame in frames)
    return FigurePart(slug, row.digest, row.person, held)


def casting(part: FigurePart | None, people: Collection[str]) -> Casting | None:
    """Who of ``people`` shows a part, by a rule that never changes.

    None where the shipped drawing does: nobody was chosen, whoever is in it is among those
    chosen, or none of them can.
    """
    if part is None or not people or part.person in people:
        return None
    person = person_for(part.slug, held=part.held, among=people)
    return Casting(person, stamp_of(part.digest, person)) if person else None
