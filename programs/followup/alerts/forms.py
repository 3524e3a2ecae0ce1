"""What gets in the way of a program: a short note with the reasons ticked."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

BARRIERS: Final = MappingProxyType(
    {
        "pain": "It hurts during the exercises",
        "worry": "Worried that it does harm",
        "unsure": "Not sure how to do them",
        "too_many": "Too many, or too long",
        "no_time": "No time, or forgets",
        "no_place": "No place or equipment",
        "low_mood": "Low mood, or no energy",
        "no_support": "Nobody who encourages or helps",
        "no_use": "Sees no use in it",
    }
)
"""What commonly keeps people from home exercises (Jack 2010), as it is ticked."""


class BarriersForm(forms.Form):
    """Which barriers the patient named, and what was agreed."""

    barriers = forms.MultipleChoiceField(
        label="What gets in the way",
        choices=list(BARRIERS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label="What you agreed",
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=1500,
        required=False,
        help_text="Both stay in the record with your name and the time.",
        error_messages={
            "max_length": "Use %(limit_value)d characters or fewer. This has %(show_value)d."
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the form out without a tag of its own."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        """One of the two at least."""
        data = super().clean() or {}
        words = str(data.get("note") or "").strip()
        if not self.errors and not data.get("barriers") and not any(c.isalnum() for c in words):
            self.add_error(
                "barriers", ValidationError("Tick what gets in the way, or write it down.")
            )
        return data

    def as_note(self) -> str:
        """The note for the record, in words."""
        named = [BARRIERS[code] for code in self.cleaned_data["barriers"]]
        parts = [f"In the way: {'; '.join(named)}."] if named else []
        if words := self.cleaned_data["note"].strip():
            parts.append(words)
        return "\n".join(parts)
