"""The exercises that the palette finds. For ``PALETTE_FINDERS``."""

from __future__ import annotations

from django.urls import reverse

from clinic.http import PracticeRequest
from patients.people.palette import PaletteEntry, PaletteGroup
from programs.exercises.library import library_for
from programs.rules.traits import KINDS

_MOST = 5


def exercises(request: PracticeRequest, typed: str) -> PaletteGroup:
    """The best of the catalogue for these words, the practice's own among them."""
    library = library_for(request.practice)
    slugs = library.search.search(typed).keys[:_MOST]
    entries = [
        PaletteEntry(
            label=library.definitions[slug].name,
            url=reverse("catalogue_entry", args=[library.ids[slug]]),
            detail=KINDS[library.definitions[slug].traits.kind].lower(),
        )
        for slug in slugs
    ]
    return PaletteGroup("Exercises", entries)
