"""How a handout is to be printed: a form of choices, remembered in the clinician's browser."""

from __future__ import annotations

from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict

from programs.prescriptions.handout.options import (
    COMPACT,
    PAPERS,
    PICTURES_ONLY,
    STANDARD,
    PrintOptions,
)

_COOKIE: Final = "handout"
_A_YEAR_S: Final = 365 * 24 * 3600


class PrintOptionsForm(forms.Form):
    """Read from an address, so that a handout has one."""

    kind = forms.ChoiceField(
        label="What",
        choices=[
            (STANDARD, "All of it"),
            (COMPACT, "Short: pictures, names and doses"),
            (PICTURES_ONLY, "Pictures, for people who do not read English"),
        ],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    size = forms.ChoiceField(
        label="Letters",
        choices=[("", "Ordinary"), ("large", "Large")],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    chart = forms.ChoiceField(
        label="Week chart",
        choices=[("", "With a chart to tick"), ("no", "Without")],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    paper = forms.ChoiceField(
        label="Paper",
        choices=[("", "As the practice has it"), *((name, name) for name in PAPERS)],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )

    def options(self) -> PrintOptions:
        """What was chosen."""
        chosen = self.cleaned_data
        return PrintOptions(
            kind=chosen["kind"],
            large=chosen["size"] == "large",
            chart=chosen["chart"] != "no",
            paper=chosen["paper"],
        )


def remembered_options(request: HttpRequest) -> dict[str, str]:
    """What was chosen last in this browser; what is no choice any more is left out."""
    form = PrintOptionsForm(QueryDict(request.COOKIES.get(_COOKIE, "")))
    chosen = {"kind": STANDARD, "size": "", "chart": "", "paper": ""}
    return chosen | form.cleaned_data if form.is_valid() else chosen


def remember_options(response: HttpResponse, form: PrintOptionsForm, *, secure: bool) -> None:
    """Offer the same choices next time."""
    chosen = QueryDict(mutable=True)
    chosen.update(form.cleaned_data)
    response.set_cookie(
        _COOKIE, chosen.urlencode(), max_age=_A_YEAR_S, httponly=True, samesite="Lax", secure=secure
    )
