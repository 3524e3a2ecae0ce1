"""The form of a template: what it is called, and who may use it."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from patients.fields import text_field
from programs.exercises.theirs.models import OwnStarter


class TemplateForm(forms.Form):
    """Name and sharing of one template."""

    name = text_field("Name of the template", max_length=90, required=True)
    shared = forms.BooleanField(label="For everybody in the practice", required=False)

    def __init__(self, *args: Any, starter: OwnStarter, **kwargs: Any) -> None:
        """As the template stands."""
        super().__init__(*args, **kwargs)
        self.initial = {"name": starter.name, "shared": starter.shared}
        self.fields["name"].error_messages["required"] = "Give the template a name."
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_name(self) -> str:
        """On one line."""
        return " ".join(str(self.cleaned_data["name"]).split())
