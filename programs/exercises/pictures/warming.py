"""Drawings of the catalogue packed before anybody asks: the first page of a program waits for two
dozen, which took longer than the page itself."""

from __future__ import annotations

from django.urls import reverse

from programs.exercises.library import read_ahead
from programs.exercises.pictures.ahead import keep_at
from programs.exercises.pictures.links import mark, ways_of
from programs.exercises.pictures.renderings import drawings
from programs.exercises.pictures.svg_response import pack


def warm_up() -> None:
    """Half a second of processor time, and some three megabytes in each process."""
    library = read_ahead()
    for pk, definition in library.by_id.items():
        digest = library.digests[pk]
        for side, way in ways_of(definition).items():
            for number, figure in enumerate(drawings(digest, definition, way), start=1):
                asked = [pk, side, number, mark(digest)]
                keep_at(reverse("shipped_figure", args=asked), pack(figure.svg))
