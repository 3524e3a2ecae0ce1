"""The form that takes a table of patients."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clinic.parsing.tables import (
    MOST_TABLE_BYTES,
    ReadTable,
    TableError,
    decoded,
    named_in,
    read_table,
)
from patients.fields import token_field
from patients.people.arriving.columns import fields_of, lacking

_DATES = [("day", "20/11/1960: the day first"), ("month", "11/20/1960: the month first")]


class ArrivalsForm(forms.Form):
    """A file, or the text of one that was looked at before, and how it writes dates."""

    table = forms.FileField(label="CSV file", required=False)
    dates = forms.ChoiceField(
        label="How the file writes dates",
        choices=_DATES,
        widget=forms.RadioSelect,
        help_text="1960-11-20 is read whatever you choose.",
        error_messages={"invalid_choice": "Choose from the list."},
    )
    kept = forms.CharField(required=False, strip=False, widget=forms.HiddenInput())
    token = token_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Files of the kind that is read are offered first."""
        super().__init__(*args, **kwargs)
        self.fields["table"].widget.attrs["accept"] = ".csv,.txt,text/csv"
        self.fields["table"].error_messages["empty"] = "This file is empty."
        self.read: ReadTable | None = None
        self.text = ""

    def clean(self) -> dict[str, Any]:
        """Read the table; what is wrong with the whole of it is told at the file."""
        cleaned = super().clean() or {}
        if "table" not in self.errors:
            try:
                self.text = self._text(cleaned)
                self.read = read_table(self.text.encode())
                missing = lacking(fields_of(self.read.columns))
                if missing:
                    raise TableError(
                        f"There is no column {missing} in the first line. "
                        f"It names {named_in(self.read.columns)}."
                    )
                if not self.read.lines:
                    raise TableError("There is nobody below the first line.")
            except (TableError, ValidationError) as error:
                self.add_error("table", error if isinstance(error, ValidationError) else str(error))
        return cleaned

    def _text(self, cleaned: dict[str, Any]) -> str:
        upload = cleaned.get("table")
        if upload is None:
            kept: str = cleaned.get("kept", "")
            if not kept:
                raise ValidationError("Choose a file.")
            return kept
        if upload.size is None or upload.size > MOST_TABLE_BYTES:
            raise ValidationError(
                f"The file is larger than {MOST_TABLE_BYTES // 1000} kB. Split it into several."
            )
        return decoded(upload.read())
