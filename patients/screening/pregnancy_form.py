"""Pregnancy and birth with their dates: asked on the case and on the safety screen alike."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from patients import vocabulary
from patients.fields import choices, day_field, iso
from patients.models.case_reading import OVERDUE_DAYS
from patients.vocabulary import MAX_POSTNATAL_WEEKS, Answer

MOST_WEEKS_AHEAD = 42
DATES = {"pregnant": "due_date", "gave_birth": "birth_on"}
"""Answer → the date that goes with its yes."""
_FIELDS = (*DATES, *DATES.values())
_NEEDED = {
    "due_date": "Enter the due date. The rules count weeks from it.",
    "birth_on": "Enter the day of the birth. The rules count weeks from it.",
}
_ALONE = {
    "due_date": "Choose yes for pregnant, or clear this date.",
    "birth_on": "Choose yes for the birth, or clear this date.",
}


def _answer(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices(vocabulary.ANSWER_LABELS),
        widget=forms.RadioSelect,
        initial=Answer.UNKNOWN.value,
        required=False,
    )


class PregnancyFields(forms.Form):
    """The fields and what makes them fit. Set ``today`` before the form is checked."""

    today: date

    pregnant = _answer("Are you pregnant?")
    due_date = day_field("Due date", help_text="Needed when the answer is yes.")
    gave_birth = _answer("Did you have a baby in the past year?")
    birth_on = day_field("Day of the birth", help_text="Needed when the answer is yes.")

    def leave_out_pregnancy(self) -> None:
        """Ask nothing about pregnancy and birth."""
        for name in _FIELDS:
            del self.fields[name]

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

    def clean_birth_on(self) -> date | None:
        """A day up to today; one of many years ago is a slip of the key."""
        born: date | None = self.cleaned_data["birth_on"]
        if born is None or born == self.initial.get("birth_on"):
            return born
        if born > self.today:
            raise ValidationError("The birth cannot be in the future.")
        if born < self.today - timedelta(weeks=MAX_POSTNATAL_WEEKS):
            raise ValidationError("That is more than 5 years ago. Check the year.")
        return born

    def clean(self) -> dict[str, Any]:
        """A date goes with yes, and only with yes."""
        values: dict[str, Any] = super().clean() or {}
        for answer, day in DATES.items():
            if day not in values or answer not in values:
                continue
            yes = values[answer] == Answer.YES
            if yes and values[day] is None:
                self.add_error(day, _NEEDED[day])
            if not yes and values[day] is not None:
                self.add_error(day, _ALONE[day])
        return values

    def pregnancy(self) -> dict[str, Any]:
        """The facts as ``patients.record.snapshot`` has them; those that were not asked are out."""
        values = self.cleaned_data
        facts: dict[str, Any] = {}
        for answer, day in DATES.items():
            if values.get(answer):
                facts |= {answer: values[answer], day: iso(values[day])}
        return facts
