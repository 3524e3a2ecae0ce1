"""Forms about a practice's own pictures."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from clinic.uploads import MAX_MEGABYTES
from patients.fields import text_field
from programs.exercises.pictures.held import HoldsPictureForm

_SIDES = (("", "Either side, or both"), ("left", "The left side"), ("right", "The right side"))


class PictureWordsForm(forms.Form):
    """What a picture shows, in words."""

    alt = text_field("What the picture shows", max_length=300, rows=2, required=True)
    caption = text_field("Caption", max_length=80)
    side = forms.ChoiceField(label="Side it shows", choices=_SIDES, required=False)

    def __init__(self, *args: Any, sided: bool, **kwargs: Any) -> None:
        """``sided``: whether the exercise is given for a treated side."""
        super().__init__(*args, **kwargs)
        self.fields[
            "alt"
        ].help_text = "For somebody who cannot see it. Say where the body is and what it does."
        self.fields["alt"].error_messages["required"] = (
            "Say what the picture shows, for somebody who cannot see it."
        )
        self.fields["caption"].help_text = "A few words below the picture, like: Start."
        self.fields["side"].error_messages["invalid_choice"] = "Choose from the list."
        if sided:
            self.fields[
                "side"
            ].help_text = "A patient treated on the other side is told so below the picture."
        else:
            del self.fields["side"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_alt(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["alt"].split())

    def words(self) -> dict[str, str]:
        """The words as the actions take them."""
        return {
            "alt": self.cleaned_data["alt"],
            "caption": self.cleaned_data["caption"],
            "side": self.cleaned_data.get("side", ""),
        }


class PictureForm(PictureWordsForm, HoldsPictureForm):
    """A new picture, with its words."""

    file = forms.FileField(
        label="Picture file",
        help_text=f"JPEG, PNG or WebP, up to {MAX_MEGABYTES} MB. We shrink it, and take out "
        "the place and time that cameras write into a photo.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": "Choose a picture file.",
            "invalid": "Choose a picture file.",
            "empty": "This file is empty. Choose another one.",
        },
    )
    rights = forms.BooleanField(
        label="We may use this picture, and anyone who can be recognised in it has agreed.",
        error_messages={"required": "Only add pictures that you may use."},
    )
    field_order = ("file", "alt", "caption", "side", "rights")
