"""What a patient types: a code, and a year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from patients.models.patient import EARLIEST_BIRTH
from programs.portal.codes import CodeError, read_code


class CodeForm(forms.Form):
    """The short code from the paper."""

    code = forms.CharField(max_length=200, required=False, strip=True)

    def clean_code(self) -> str:
        """The code as it is stored."""
        try:
            return read_code(self.cleaned_data["code"])
        except CodeError as error:
            raise forms.ValidationError(str(error)) from error


class YearForm(forms.Form):
    """The door's question."""

    year = forms.CharField(max_length=60, required=False, strip=True)

    def clean_year(self) -> int:
        """A year in which somebody alive can have been born."""
        typed = "".join(self.cleaned_data["year"].split())
        if not typed:
            raise forms.ValidationError("Type the year you were born.")
        if not typed.isdecimal() or len(typed) != 4:
            raise forms.ValidationError("Type the year only, as four numbers, like 1951.")
        year = int(typed)
        if year > timezone.localdate().year:
            raise forms.ValidationError("That year is still to come. Check the four numbers.")
        if year < EARLIEST_BIRTH.year:
            raise forms.ValidationError("That year is too long ago. Check the four numbers.")
        return year

    def say(self, field: str, message: str) -> None:
        """Put a message of the view at a field."""
        self.add_error(field, message)

    def as_typed(self) -> Any:
        """What was typed, to show it again."""
        return self["year"].value()
