"""The symptom questions: how bad, where, what it feels like, and what brought it on.

What is not answered stays None, which is never read as none or no. "Nowhere" and "None of these"
are answers of their own.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms

from programs.portal.symptoms.questions import (
    NONE,
    NOWHERE,
    Said,
    SymptomQuestions,
    last_key,
    uuid_of,
)
from programs.sessions.entries import SymptomEntry

__all__ = ["Said", "SymptomForm"]


class SymptomForm(SymptomQuestions):
    """How it is at one moment: the answers, read and ready to be stored."""

    def clean_regions(self) -> tuple[str, ...] | None:
        """Codes; empty for nowhere, None for no answer."""
        return _answer(
            self.cleaned_data["regions"],
            NOWHERE,
            "You chose Nowhere and a place too. Choose one or the other.",
        )

    def clean_kinds(self) -> tuple[str, ...] | None:
        """Codes; empty for none of these, None for no answer."""
        return _answer(
            self.cleaned_data["kinds"],
            NONE,
            "You chose None of these and a feeling too. Choose one or the other.",
        )

    def clean_provoked(self) -> tuple[str, ...] | None:
        """Items; empty for none of them, None for no answer."""
        return _answer(
            self.cleaned_data["provoked"],
            NONE,
            "You chose None of them and an exercise too. Choose one or the other.",
        )

    def clean(self) -> dict[str, Any]:
        """At least one answer; the button for "the same" answers what was said last."""
        cleaned = super().clean() or {}
        if cleaned.get("same"):
            if self.last is None or cleaned["same"] != last_key(self.last):
                raise forms.ValidationError(
                    "Something newer came in since you opened this page. Please look once more."
                )
            self.errors.clear()
            return {**cleaned, **_values(self.last)}
        asked = ("pain", "regions", "kinds", "provoked")
        if not self.errors and all(cleaned.get(name) is None for name in asked):
            raise forms.ValidationError("Please answer at least one question.")
        return cleaned

    def entry(
        self,
        *,
        session: UUID,
        phase: str,
        at: dt.datetime,
        item: str = "",
        corrects: UUID | None = None,
    ) -> SymptomEntry:
        """The answers of a valid form as an entry; posted twice it has the same id."""
        said = self.cleaned_data
        return SymptomEntry(
            id=uuid_of(said["id"]),
            session=session,
            at=at,
            phase=phase,
            item=item,
            pain=said["pain"],
            regions=said["regions"],
            kinds=said["kinds"],
            provoked=said["provoked"] if self.exercises else None,
            corrects=corrects,
        )


def _answer(codes: list[str], nothing: str, clash: str) -> tuple[str, ...] | None:
    if not codes:
        return None
    if nothing in codes and len(codes) > 1:
        raise forms.ValidationError(clash)
    return tuple(dict.fromkeys(code for code in codes if code != nothing))


def _values(said: Said) -> dict[str, Any]:
    return {
        "pain": said.pain,
        "regions": None if said.regions is None else tuple(said.regions),
        "kinds": None if said.kinds is None else tuple(said.kinds),
        "provoked": None,
    }
