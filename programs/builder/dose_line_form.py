"""The dose of an exercise as one line, and the one for all exercises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from programs.exercises.dosage import DOSE_LABELS, Dosage
from programs.exercises.dose_line import (
    LONGEST_LINE,
    OFTEN_LINES,
    DoseLineError,
    read_line,
    with_often,
)
from programs.exercises.dose_writing import line_of
from programs.prescriptions.models import ProgramItem

TOO_LONG = f"Use {LONGEST_LINE} characters or fewer."


class LineForm(forms.Form):
    """One exercise's dose. ``often``: a button that sets how often, beside what is typed."""

    line = forms.CharField(label="Dose", required=False, max_length=LONGEST_LINE)
    often = forms.ChoiceField(required=False, choices=list(OFTEN_LINES.items()))
    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        item: ProgramItem,
        seen: str,
        missing: tuple[str, ...] = (),
        **kwargs: Any,
    ):
        """Start from the item's dose. ``seen``: the fingerprint of what is shown."""
        self.item = item
        self.before = item.dose()
        self.dosage: Dosage | None = None
        self.missing = missing
        kwargs["initial"] = {"line": line_of(self.before), "seen": seen}
        super().__init__(*args, **{"auto_id": f"line-{item.pk}-%s", **kwargs})
        self.fields["line"].error_messages["max_length"] = (
            f"Use {LONGEST_LINE} characters or fewer."
        )

    @property
    def problem(self) -> str:
        """What is wrong with the line, or missing in it."""
        if self.errors:
            return " ".join(dict.fromkeys(str(e) for found in self.errors.values() for e in found))
        if not self.missing:
            return ""
        return f"Say before you issue: {', '.join(DOSE_LABELS[f].lower() for f in self.missing)}."

    @property
    def offers(self) -> list[tuple[str, str]]:
        """Buttons for how often, where the dose does not say."""
        return [] if self.before.says_how_often else list(OFTEN_LINES.items())

    def clean(self) -> dict[str, Any]:
        """Read the line; what is no dose is an error at it, in words."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "line" in self.errors:
            return data
        try:
            dose = read_line(data["line"], self.before)
        except DoseLineError as error:
            self.add_error("line", error.reason)
        else:
            often = data.get("often")
            self.dosage = with_often(dose, read_line(often)) if often else dose
        return data


class AllDosesForm(forms.Form):
    """How often, for all exercises in one go; and how much, for those that do not say."""

    line = forms.CharField(label="For all exercises", required=False, max_length=LONGEST_LINE)
    often = forms.ChoiceField(required=False, choices=list(OFTEN_LINES.items()))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{"auto_id": "for-all-%s", **kwargs})
        self.dosage: Dosage | None = None
        self.fields["line"].error_messages["max_length"] = (
            f"Use {LONGEST_LINE} characters or fewer."
        )

    @property
    def problem(self) -> str:
        """What is wrong with it."""
        return " ".join(dict.fromkeys(str(e) for found in self.errors.values() for e in found))

    @property
    def offers(self) -> list[tuple[str, str]]:
        """Buttons for how often."""
        return list(OFTEN_LINES.items())

    def clean(self) -> dict[str, Any]:
        """Read the line, or the button that was pressed."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            self.dosage = read_line(data.get("often") or data["line"])
        except DoseLineError as error:
            self.add_error("line", error.reason)
        else:
            if self.dosage == Dosage():
                raise ValidationError("Write how often, such as “2/day, 5 days/wk, 6 wk”.")
        return data
