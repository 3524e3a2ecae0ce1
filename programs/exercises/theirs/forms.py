"""The form that takes a file which a practice wrote, of exercises and templates or of others."""

from __future__ import annotations

from typing import Any

from django import forms

from clinic.parsing.tables import MOST_TABLE_BYTES, TableError
from programs.exercises.theirs.files import OwnFile, read_own, text_of


class KeptFileForm(forms.Form):
    """A file, or the text of one that was looked at before: what is shown is what is kept.

    A form of one kind of file says in ``read_text`` what its text holds.
    """

    file = forms.FileField(label="TOML or CSV file", required=False)
    kept = forms.CharField(required=False, strip=False, widget=forms.HiddenInput())
    toml = forms.BooleanField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Files of the kinds that are read are offered first."""
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".toml,.csv,.txt"
        self.fields["file"].error_messages["empty"] = "This file is empty."
        self.text, self.is_toml = "", False

    def read_text(self) -> None:
        """Read ``text``; ``TableError`` says what is wrong with the whole of it."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Read the file; what is wrong with the whole of it is told there."""
        cleaned = super().clean() or {}
        if "file" not in self.errors:
            try:
                self._read(cleaned)
                self.read_text()
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


class OwnExchangeForm(KeptFileForm):
    """A file of exercises and templates."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing has been read yet."""
        super().__init__(*args, **kwargs)
        self.own = OwnFile()

    def read_text(self) -> None:
        """The tables of the file, unchecked."""
        self.own = read_own(self.text, toml=self.is_toml)
