"""Pregnant or not, and the due date: asked on the case and on the safety screen alike."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from patients import vocabulary
from patients.fields import choices, day_field
from patients.models.case_reading import OVERDUE_DAYS
from patients.vocabulary import Answer

MOST_WEEKS_AHEAD = 42


class PregnancyFields(forms.Form):
    """The two fields and what makes them fit. Set ``today`` before the form is checked."""

    today: date

    pregnant = forms.ChoiceField(
        label="Are you pregnant?",
        choices=choices(vocabulary.ANSWER_LABELS),
        widget=forms.RadioSelect,
        initial=Answer.UNKNOWN.value,
        required=False,
    )
    due_date = day_field("Due date", help_text="Needed when the answer is yes.")

    def clean_due_date(self) -> date | None:
        """A date that a pregnancy of today can end on."""
        due: date | None = self.cleaned_data["due_date"]
        if due is None or due == self.initial.get("due_date"):
            # What was recorded long ago may have run out; saving something else goes on.
            return due
        if due > self.today + timedelta(weeks=MOST_WEEKS_AHEAD):
            raise ValidationError(
                f"That is more than {MOST_WEEKS_AHEAD} weeks ahead. Check the date."
            )
        if due < self.today - timedelta(days=OVERDUE_DAYS):
            raise ValidationError(
                "That is more than 4 weeks ago. Ask again, and choose no if the baby is born."
            )
        return due

    def clean(self) -> dict[str, Any]:
        """A due date goes with yes, and only with yes."""
        values: dict[str, Any] = super().clean() or {}
        if "due_date" not in values or "pregnant" not in values:
            return values
        pregnant = values["pregnant"] == Answer.YES
        if pregnant and values["due_date"] is None:
            self.add_error("due_date", "Enter the due date. The rules count weeks from it.")
        if not pregnant and values["due_date"] is not None:
            self.add_error("due_date", "Choose yes for pregnant, or clear this date.")
        return values

    def pregnancy(self) -> dict[str, Any]:
        """The two facts as ``patients.record.snapshot`` has them; nothing where not asked."""
        if not self.cleaned_data.get("pregnant"):
            return {}
        due = self.cleaned_data["due_date"]
        return {"pregnant": self.cleaned_data["pregnant"], "due_date": due and due.isoformat()}
