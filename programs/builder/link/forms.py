"""Who helps a patient: a name, and who it is to them."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from clinic.parsing.printable import printable
from patients.models.columns import HELPER_IS_LENGTH, HELPER_NAME_LENGTH


class HelperForm(forms.Form):
    """The name that stands beside everything they enter."""

    name = forms.CharField(
        label="Name",
        max_length=HELPER_NAME_LENGTH,
        help_text="As the patient knows them, like Dora.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say who it is."},
    )
    helper_is = forms.CharField(
        label="Who is it?",
        max_length=HELPER_IS_LENGTH,
        help_text="Like daughter, father, neighbour or school nurse.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say who it is to the patient."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The form's own tag and token are the page's."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_name(self) -> str:
        """On one line, without signs that no page can hold."""
        return self._line("name")

    def clean_helper_is(self) -> str:
        """The same."""
        return self._line("helper_is")

    def _line(self, field: str) -> str:
        words = " ".join(printable(self.cleaned_data[field]).split())
        if not words:
            raise forms.ValidationError(self.fields[field].error_messages["required"])
        return words
