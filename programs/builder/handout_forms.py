"""How a handout is to be printed: a form of choices, remembered for the clinician in a browser."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import HttpResponse, QueryDict

from clinic.http import PracticeRequest
from programs.prescriptions.boxes import boxes_in
from programs.prescriptions.handout.coverage import drawable
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

    def words(self) -> str:
        """What was chosen, short: ``large letters, without a chart``; empty for the usual."""
        chosen = self.cleaned_data
        said = (
            {COMPACT: "short", PICTURES_ONLY: "pictures only"}.get(chosen["kind"], ""),
            "large letters" if chosen["size"] else "",
            "without a chart" if chosen["chart"] else "",
            chosen["paper"],
        )
        return ", ".join(filter(None, said))

    def options(self) -> PrintOptions:
        """What was chosen."""
        chosen = self.cleaned_data
        return PrintOptions(
            kind=chosen["kind"],
            large=chosen["size"] == "large",
            chart=chosen["chart"] != "no",
            paper=chosen["paper"],
        )


class CoverForm(PrintOptionsForm):
    """The same with words for a page in front. They are sent, not part of an address."""

    cover = forms.CharField(
        label="A cover note",
        help_text="A page in front, in your words. It is printed once and not kept.",
        required=False,
        max_length=2000,
        error_messages={
            "max_length": "Use %(limit_value)d characters or fewer. This has %(show_value)d."
        },
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "class": "form-control"}),
    )

    def clean_cover(self) -> str:
        """The note; a sign that no font here has would print as an empty box."""
        text = str(self.cleaned_data["cover"]).strip()
        boxes = boxes_in([("cover", text)], drawable())
        if boxes:
            signs = ", ".join(f"{box.sign} ({box.name})" for box in boxes)
            raise forms.ValidationError(f"These signs cannot be printed: {signs}.")
        return text

    def choices(self) -> QueryDict:
        """All but the note, as an address says it."""
        return _as_query(self.cleaned_data)


def remembered_form(request: PracticeRequest) -> PrintOptionsForm:
    """What this clinician chose last in this browser, as a form that was sent."""
    form = PrintOptionsForm(QueryDict(request.COOKIES.get(_cookie(request), "")))
    return form if form.is_valid() else _usual()


def remembered_options(request: PracticeRequest) -> dict[str, str]:
    """The same as what a form begins with."""
    return remembered_form(request).cleaned_data


def remember_options(
    response: HttpResponse, form: PrintOptionsForm, request: PracticeRequest
) -> None:
    """Offer the same choices next time."""
    response.set_cookie(
        _cookie(request),
        _as_query(form.cleaned_data).urlencode(),
        max_age=_A_YEAR_S,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _usual() -> PrintOptionsForm:
    form = PrintOptionsForm(QueryDict(f"kind={STANDARD}"))
    form.is_valid()
    return form


def _cookie(request: PracticeRequest) -> str:
    return f"{_COOKIE}-{request.user.pk}"


def _as_query(chosen: dict[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({name: chosen[name] for name in ("kind", "size", "chart", "paper")})
    return query
