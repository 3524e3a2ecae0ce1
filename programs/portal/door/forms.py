"""What a patient types: a code, and a year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from patients.models.patient import EARLIEST_BIRTH
from programs.access.codes import CodeError, read_code, visible

_LONGEST = 200


class CodeForm(forms.Form):
    """The short code from the paper."""

    # A plain field: it leaves every odd sign to be explained in our own words.
    code = forms.Field(required=False)

    def clean_code(self) -> str:
        """The code as it is stored."""
        try:
            return read_code(str(self.cleaned_data["code"] or "")[:_LONGEST])
        except CodeError as error:
            raise forms.ValidationError(str(error)) from error


class YearForm(forms.Form):
    """The door's question."""

    year = forms.Field(required=False)

    def __init__(self, *args: Any, helper: str = "", **kwargs: Any) -> None:
        """``helper``: somebody else than the patient is asked."""
        super().__init__(*args, **kwargs)
        self.born = "they were born" if helper else "you were born"

    def clean_year(self) -> int:
        """A year in which somebody alive can have been born."""
        typed = "".join(visible(str(self.cleaned_data["year"] or "")[:_LONGEST]).split())
        if not typed:
            raise forms.ValidationError(f"Type the year {self.born}.")
        if not typed.isdecimal() or len(typed) != 4:
            raise forms.ValidationError("Type the year only, as four numbers, like 1951.")
        year = int(typed)
        if year > timezone.localdate().year:
            raise forms.ValidationError("That year is still to come. Check the four numbers.")
        if year < EARLIEST_BIRTH.year:
            raise forms.ValidationError("That year is too long ago. Check the four numbers.")
        return year
