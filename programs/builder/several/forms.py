"""What to print together, and how: read from an address, as for one handout."""

from __future__ import annotations

from typing import Final

from django import forms
from django.http import QueryDict

from clinic.http import PracticeRequest
from programs.builder.handout_forms import PrintOptionsForm
from programs.prescriptions.handout.options import STANDARD
from programs.prescriptions.queries import numbers_in

MOST_TOGETHER: Final = 40
"""Handouts in one file: some 5 MB, and as many seconds where none of them is kept yet."""


class TogetherForm(PrintOptionsForm):
    """How all of them are printed; which ones stands beside it as ``pick``."""

    sides = forms.ChoiceField(
        label="Printer",
        choices=[
            ("", "On both sides: each handout begins on a new sheet"),
            ("one", "On one side"),
        ],
        initial="",
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )

    def new_sheets(self) -> bool:
        """Whether each handout begins on a sheet of its own."""
        return self.cleaned_data["sides"] != "one"

    def query(self) -> str:
        """What was chosen, as an address says it."""
        query = QueryDict(mutable=True)
        query.update({name: self.cleaned_data[name] for name in self.fields})
        return query.urlencode()


def picked_in(request: PracticeRequest) -> list[int]:
    """What is ticked, each once, in the order of the list."""
    return numbers_in("-".join(request.GET.getlist("pick")))


def wrong_with(picked: list[int]) -> str:
    """Why these cannot be printed together; empty where they can."""
    if not picked:
        return "Tick at least one handout."
    if len(picked) > MOST_TOGETHER:
        return f"Tick at most {MOST_TOGETHER}. You ticked {len(picked)}."
    return ""


def as_text(numbers: list[int]) -> str:
    """Numbers as an address writes them."""
    return "-".join(map(str, numbers))


def said_or_none(data: QueryDict) -> TogetherForm | None:
    """The options of an address, the usual where it says none; None where they are no options."""
    form = TogetherForm(data if "kind" in data else QueryDict(f"kind={STANDARD}"))
    return form if form.is_valid() else None
