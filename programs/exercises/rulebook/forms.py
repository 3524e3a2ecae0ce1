"""The forms of a rule's page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from patients.fields import day_field, past_day, text_field


class SignForm(forms.Form):
    """Who signs the rule, with the number of their registration and the day."""

    name = text_field("Name", max_length=120, required=True)
    registration = text_field("Registration number", max_length=60, required=True)
    signed_on = day_field("Date", required=True)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        """``today``: the practice's date."""
        super().__init__(*args, **{"auto_id": "sign-%s", **kwargs})
        self.today = today
        self.fields["name"].error_messages["required"] = "Say who signs."
        self.fields["registration"].error_messages["required"] = (
            "Give the number under which this physiotherapist is registered."
        )
        self.fields["registration"].help_text = "For example HCPC PH12345, or a state licence."

    def clean_signed_on(self) -> dt.date:
        """Today or earlier."""
        return past_day(self.cleaned_data["signed_on"], self.today)


class RuleCommentForm(forms.Form):
    """What somebody doubts or would say otherwise."""

    words = text_field("Comment", max_length=2000, required=True, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With ids of their own: the form for signing is on the same page."""
        super().__init__(*args, **{"auto_id": "comment-%s", **kwargs})
        self.fields["words"].error_messages["required"] = "Write what you think of the rule."
