"""The warning signs as boxes to tick."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms

from programs.portal.symptoms.questions import uuid_of
from programs.portal.warning_signs.words import ASKED
from programs.prescriptions.safety_words import RED_FLAG_WORDS
from programs.sessions.entries import SymptomEntry

_SPACE = uuid.UUID("6f2b0a52-5c0e-4a53-9e0f-1f2d6c1a4b77")


class WrongForm(forms.Form):
    """Which signs are there; or none of them, which is an answer of its own."""

    #: Any sign that a page of ours can ask about. One that was kept on the device may still ask for
    #: what the case has ruled out since, and no report of a sign is turned away for that.
    signs = forms.MultipleChoiceField(
        choices=[(code, RED_FLAG_WORDS[code]) for code in ASKED],
        required=False,
        error_messages={"invalid_choice": "Please tick the boxes on this page again."},
    )
    none = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """An answer there must be; a tick counts more than "None of these" beside it."""
        data = super().clean() or {}
        if not self.errors and not data["signs"] and not data["none"]:
            self.add_error("signs", "Tick what is true. If nothing is, tick “None of these”.")
        return data

    @property
    def page(self) -> str:
        """Names this showing of the page; the same again where it was sent with a mistake."""
        return str(uuid_of(self.data.get("page") if self.is_bound else None))

    def ticked(self) -> list[str]:
        """The codes of the signs that are there."""
        return list(self.cleaned_data["signs"])

    def entry(self, device: uuid.UUID, now: dt.datetime) -> SymptomEntry:
        """The report to store. One page sent twice within the hour is one report.

        Opened anew it is another: the first may have been dealt with meanwhile.
        """
        page = self.page if self.data.get("page") else ""
        said = f"{device} {now:%Y-%m-%dT%H} {page} {','.join(sorted(self.ticked()))}"
        return SymptomEntry(
            id=uuid.uuid5(_SPACE, said),
            session=uuid.uuid5(_SPACE, f"{said} session"),
            at=now,
            phase="before",
            red_flags=tuple(self.ticked()),
        )
