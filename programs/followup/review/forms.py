"""How a review ends: what, why, and when the next one is."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms

from patients.models.review import REVIEW_LENGTH, ReviewEnd

_LONGEST: Final = timedelta(days=366)


class ReviewForm(forms.Form):
    """One of three ends, with a reason in the clinician's words."""

    outcome = forms.ChoiceField(
        label="How it goes on",
        choices=ReviewEnd.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it goes on."},
    )
    note = forms.CharField(
        label="What you found, and why",
        max_length=REVIEW_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="Stays with the case. After a discharge it is offered for the summary.",
        error_messages={
            "required": "Write what you found, and why you decide so.",
            "max_length": "Use %(limit_value)d characters or fewer. This has %(show_value)d.",
        },
    )
    next_on = forms.DateField(
        label="Next review, where it continues",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Write the day as 2026-11-20."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, today: date, next_on: date | None, **kwargs: Any) -> None:
        """``next_on``: the day that is proposed."""
        kwargs["initial"] = {"next_on": next_on}
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any] | None:
        """What continues is looked at again, on a day to come within a year."""
        cleaned = super().clean()
        if self.errors or self.cleaned_data["outcome"] != ReviewEnd.CONTINUE:
            return cleaned
        day: date | None = self.cleaned_data["next_on"]
        if day is None or not self.today < day <= self.today + _LONGEST:
            self.add_error("next_on", "Choose a day to come, within a year.")
        return cleaned
