"""Every drawing and every movement of the catalogue, made once in a process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from programs.exercises.definition import Definition
from programs.figures import Drawing, FigureFrame, animate, draw
from tests.programs.shipped import shipped_definitions


def illustrated() -> list[Definition]:
    """The entries that have figures."""
    return [entry for entry in shipped_definitions() if entry.figures]


def frames() -> Iterator[tuple[str, FigureFrame]]:
    """Every frame under the place where it is written."""
    for entry in illustrated():
        for number, frame in enumerate(entry.figures, 1):
            yield f"{entry.slug}.toml: figure[{number}]", frame


@cache
def drawings() -> dict[str, tuple[Drawing, ...]]:
    """The drawings by entry and side, such as ``piriformis-stretch left``."""
    found = {}
    for entry in illustrated():
        for side in ("right", "left") if entry.traits.sided else ("",):
            found[f"{entry.slug} {side}".strip()] = draw(entry, side)
    return found


def pictures() -> Iterator[tuple[str, Drawing]]:
    """Every drawing under the place where its frame is written, and the side."""
    for name, drawn in drawings().items():
        slug, _, side = name.partition(" ")
        for number, drawing in enumerate(drawn, 1):
            yield f"{slug}.toml: figure[{number}] {side}".strip(), drawing


@cache
def movements() -> dict[str, str]:
    """The movement of every entry that has one, by slug; for the left where it has sides."""
    found = {e.slug: animate(e, "left" if e.traits.sided else "") for e in illustrated()}
    return {slug: movement for slug, movement in found.items() if movement}
