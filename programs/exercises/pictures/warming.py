"""Drawings of the catalogue packed before anybody asks: the first page of a program waits for two
dozen, which took longer than the page itself."""

from __future__ import annotations

import gzip

from django.urls import reverse

from programs.exercises.library import read_ahead
from programs.exercises.pictures.ahead import keep_at
from programs.exercises.pictures.links import NO_SIDE, mark
from programs.exercises.pictures.renderings import drawings


def warm_up() -> None:
    """Half a second of processor time, and some three megabytes in each process."""
    library = read_ahead()
    for pk, definition in library.by_id.items():
        digest = library.digests[pk]
        for side in ("left", "right") if definition.traits.sided else ("",):
            for number, figure in enumerate(drawings(digest, definition, side), start=1):
                asked = [pk, side or NO_SIDE, number, mark(digest)]
                packed = gzip.compress(figure.svg.encode(), mtime=0)
                keep_at(reverse("shipped_figure", args=asked), packed)
