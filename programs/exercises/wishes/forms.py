"""The words of a wish."""

from __future__ import annotations

from django import forms

from programs.exercises.wishes.models import LONGEST


class WishForm(forms.Form):
    """What was searched for and not found."""

    words = forms.CharField(
        max_length=LONGEST,
        label="Exercise",
        error_messages={
            "required": "Say which exercise you miss.",
            "max_length": f"Use {LONGEST} characters or fewer.",
        },
    )

    def clean_words(self) -> str:
        """The words with single spaces."""
        return " ".join(str(self.cleaned_data["words"]).split())
