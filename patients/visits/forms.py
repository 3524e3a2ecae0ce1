"""What is typed about a visit."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from patients.fields import past_day
from patients.models import VisitNote
from patients.models.visit import VISIT_LENGTH, VISIT_PARTS
from patients.visits.actions import VISIT_FIELDS

_HELP = {
    "subjective": "What the patient tells.",
    "objective": "What you saw and measured.",
    "assessment": "What you make of it.",
    "plan": "What comes next.",
    "free": "Instead of the four parts, or beside them.",
}
_TOO_LONG = "Use %(limit_value)d characters or fewer. This has %(show_value)d."


class VisitForm(forms.Form):
    """A note in four parts, or in one; none of them has to be there, but one."""

    visited_on = forms.DateField(
        label="Day of the visit",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Choose the day.", "invalid": "Write the day as 2026-11-20."},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    known = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        today: date,
        visit: VisitNote | None = None,
        known: int | None = None,
        **kwargs: Any,
    ):
        """``visit``: the draft that is changed; a new note begins on ``today``.

        ``known``: the number of the author's latest note, by which a later one is met.
        """
        start: dict[str, Any] = {"visited_on": today, "known": known}
        if visit is not None:
            start = {name: getattr(visit, name) for name in VISIT_FIELDS}
            start["seen"] = visit.revision
        kwargs["initial"] = start
        super().__init__(*args, **kwargs)
        self.today = today
        for name, heading in VISIT_PARTS:
            self.fields[name] = forms.CharField(
                label=heading,
                required=False,
                max_length=VISIT_LENGTH,
                help_text=_HELP[name],
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
                error_messages={"max_length": _TOO_LONG},
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "token", "seen", "known", "visited_on", *(name for name, _ in VISIT_PARTS)
        )

    def clean_visited_on(self) -> date:
        """No visit is still to come."""
        return past_day(self.cleaned_data["visited_on"], self.today)

    def clean(self) -> dict[str, Any] | None:
        """A note says something."""
        cleaned = super().clean()
        if not self.errors and not any(self.cleaned_data[name] for name, _ in VISIT_PARTS):
            raise forms.ValidationError("Write something in at least one of the parts.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What was typed, part by part."""
        return {name: self.cleaned_data[name] for name in VISIT_FIELDS}

    def show_current(self, visit: VisitNote) -> None:
        """Sent again as it stands, the form takes the place of what is saved now."""
        sent: Any = self.data
        again = sent.copy()
        again["seen"] = str(visit.revision)
        self.data = again


class AmendForm(forms.Form):
    """What is added to a signed note."""

    words = forms.CharField(
        label="Add to this note",
        max_length=VISIT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="It stands below the note with your name and the time, and stays.",
        error_messages={"required": "Write what is to be added.", "max_length": _TOO_LONG},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The page writes the form's tag."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
