"""Forms about who is drawn."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from programs.figures.people import FIGURE_PEOPLE

PEOPLE_WORDS = {
    "young_man": "Younger man, short hair, shorts",
    "young_woman": "Younger woman, hair tied back",
    "older_woman": "Older woman, glasses",
    "broad_man": "Broad man, shorts",
    "covered_woman": "Woman with a head scarf, long sleeves",
    "older_man": "Older man, glasses",
}
PORTRAITS = {
    "young_man": "programs/exercises/pictures/young_man.svg",
    "young_woman": "programs/exercises/pictures/young_woman.svg",
    "older_woman": "programs/exercises/pictures/older_woman.svg",
    "broad_man": "programs/exercises/pictures/broad_man.svg",
    "covered_woman": "programs/exercises/pictures/covered_woman.svg",
    "older_man": "programs/exercises/pictures/older_man.svg",
}
"""Files that ``draw_figures --portraits`` makes."""


_ALL_SIX = "all six, mixed"


def people_words(people: Collection[str]) -> str:
    """Who is drawn: each of them by name; nobody chosen is all of them."""
    return "; ".join(PEOPLE_WORDS[name] for name in people if name in PEOPLE_WORDS) or _ALL_SIX


class FigurePeopleForm(forms.Form):
    """Some of the people, or nobody."""

    people = forms.MultipleChoiceField(
        choices=[(name, PEOPLE_WORDS[name]) for name in FIGURE_PEOPLE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose people from the list."},
    )

    def portraits(self) -> list[tuple[str, str, Any]]:
        """Each person: the file of their portrait, words, and the box to tick."""
        return [
            (PORTRAITS[name], PEOPLE_WORDS[name], box)
            for name, box in zip(FIGURE_PEOPLE, self["people"], strict=True)
        ]
