"""What is typed about functional goals: their words, and their scores."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from patients.models import FunctionalGoal

MOST_LETTERS = 120
REPORT_PARTS = (
    ("chart", "The chart"),
    ("adherence", "How much was done"),
    ("goals", "What the patient wants to do"),
    ("measures", "What was measured"),
    ("warnings", "Warning signs and alerts, with your notes on them"),
    ("proposals", "What is under review"),
)


class GoalForm(forms.Form):
    """One activity in the patient's own words."""

    words = forms.CharField(
        label="What the patient wants to do, in their words",
        max_length=MOST_LETTERS,
        error_messages={
            "required": "Write down the activity, in the patient's own words.",
            "max_length": f"Shorten this to {MOST_LETTERS} letters or fewer.",
        },
    )

    def clean_words(self) -> str:
        """On one line."""
        return " ".join(self.cleaned_data["words"].split())


class ScoresForm(forms.Form):
    """A score from 0 to 10 for each goal; goals may be left out, one has to be there."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, goals: Sequence[FunctionalGoal], **kwargs: Any) -> None:
        """One field a goal, in their order."""
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        for goal in self.goals:
            self.fields[_name(goal)] = forms.TypedChoiceField(
                label=goal.words,
                choices=[(str(n), str(n)) for n in range(11)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose a number from 0 to 10."},
            )

    @property
    def rows(self) -> list[tuple[FunctionalGoal, forms.BoundField]]:
        """Each goal with its field."""
        return [(goal, self[_name(goal)]) for goal in self.goals]

    @property
    def scores(self) -> dict[int, int]:
        """What was chosen, by the key of the goal."""
        chosen = {goal.pk: self.cleaned_data.get(_name(goal)) for goal in self.goals}
        return {pk: score for pk, score in chosen.items() if score is not None}

    def clean(self) -> dict[str, Any] | None:
        """An empty form says nothing."""
        cleaned = super().clean()
        if not self.errors and not self.scores:
            raise forms.ValidationError("Choose a number for at least one of them.")
        return cleaned


def _name(goal: FunctionalGoal) -> str:
    return f"score_{goal.pk}"
