"""A picture that is added while an exercise is written, and stored with it or not at all."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db import transaction

from clinic.models import Practice, User
from patients.fields import text_field
from programs.exercises.models import Exercise
from programs.exercises.own.actions import create_own
from programs.exercises.own.fields import MISSING
from programs.exercises.pictures.held import HoldsPictureForm
from programs.exercises.pictures.photo_actions import add_picture
from programs.exercises.pictures.photo_forms import PictureForm

_NEEDED: Final = {
    "alt": "Say what the picture shows, for somebody who cannot see it.",
    "rights": "Only add pictures that you may use.",
}
"""What a picture cannot do without."""


class PictureHereForm(HoldsPictureForm):
    """A picture and its words; there need not be one."""

    file = forms.FileField(
        label="Picture or photo",
        required=False,
        widget=PictureForm.base_fields["file"].widget,
        help_text=PictureForm.base_fields["file"].help_text,
    )
    alt = text_field("What the picture shows", max_length=300, rows=2)
    rights = forms.BooleanField(label=PictureForm.base_fields["rights"].label, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say who reads the words."""
        super().__init__(*args, **kwargs)
        self.fields["alt"].help_text = "For somebody who cannot see it."

    def clean(self) -> dict[str, Any]:
        """A picture has words, and may be used."""
        v: dict[str, Any] = super().clean() or {}
        if v.get("file"):
            for name, told in _NEEDED.items():
                if not v.get(name) and name not in self.errors:
                    self.add_error(name, forms.ValidationError(told, MISSING))
        return v

    @property
    def picture_begun(self) -> bool:
        """Whether there is a picture, or something to say of one."""
        told = {"file", "alt", "rights"} & set(self.errors)
        return bool(self.held or self.trouble or told or self["alt"].value())

    @transaction.atomic
    def store(self, practice: Practice, actor: User, data: dict[str, Any]) -> Exercise:
        """The exercise of this definition with its picture, or neither."""
        made = create_own(practice=practice, actor=actor, data=data)
        if picture := self.cleaned_data["file"]:
            add_picture(
                practice=practice,
                exercise=made,
                actor=actor,
                picture=picture,
                alt=" ".join(self.cleaned_data["alt"].split()),
                caption="",
                side="",
            )
        return made
