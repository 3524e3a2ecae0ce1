"""What is typed after measuring."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from patients.fields import past_day
from patients.measures.kinds import MEASURED


class MeasuresForm(forms.Form):
    """A number for each measure; any may be left out, one has to be there."""

    taken_on = forms.DateField(
        label="Day",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Choose the day.", "invalid": "Write the day as 2026-11-20."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """One whole number a measure."""
        kwargs["initial"] = {"taken_on": today}
        super().__init__(*args, **kwargs)
        self.today = today
        for one in MEASURED:
            words = f"Write a whole number from 0 to {one.highest}."
            self.fields[one.code] = forms.IntegerField(
                label=one.asked,
                help_text=one.how,
                required=False,
                min_value=0,
                max_value=one.highest,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_taken_on(self) -> date:
        """Nothing is measured on a day to come."""
        return past_day(self.cleaned_data["taken_on"], self.today)

    def clean(self) -> dict[str, Any] | None:
        """An empty form says nothing."""
        cleaned = super().clean()
        if not self.errors and not self.values():
            raise forms.ValidationError("Fill in at least one of them.")
        return cleaned

    def values(self) -> dict[str, int]:
        """What was filled in, by the code of the measure."""
        filled = {one.code: self.cleaned_data.get(one.code) for one in MEASURED}
        return {code: value for code, value in filled.items() if value is not None}
