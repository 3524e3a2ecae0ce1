"""The form that takes a file of exercises and templates."""

from __future__ import annotations

from typing import Any

from django import forms

from clinic.parsing.tables import MOST_TABLE_BYTES, TableError
from programs.exercises.theirs.files import OwnFile, read_own, text_of


class OwnExchangeForm(forms.Form):
    """A file, or the text of one that was looked at before."""

    file = forms.FileField(label="TOML or CSV file", required=False)
    kept = forms.CharField(required=False, strip=False, widget=forms.HiddenInput())
    toml = forms.BooleanField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Files of the kinds that are read are offered first."""
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".toml,.csv,.txt"
        self.fields["file"].error_messages["empty"] = "This file is empty."
        self.own = OwnFile()
        self.text, self.is_toml = "", False

    def clean(self) -> dict[str, Any]:
        """Read the file; what is wrong with the whole of it is told there."""
        cleaned = super().clean() or {}
        if "file" not in self.errors:
            try:
                self._read(cleaned)
                self.own = read_own(self.text, toml=self.is_toml)
            except TableError as error:
                self.add_error("file", str(error))
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> None:
        upload = cleaned.get("file")
        if upload is None:
            self.text, self.is_toml = cleaned.get("kept", ""), bool(cleaned.get("toml"))
            if not self.text:
                raise TableError("Choose a file.")
            return
        if upload.size is None or upload.size > MOST_TABLE_BYTES:
            raise TableError(f"The file is larger than {MOST_TABLE_BYTES // 1000} kB. Split it.")
        self.text, self.is_toml = text_of(upload.read()), upload.name.lower().endswith(".toml")
