"""Forms of the inbox: a note, and a day to come back to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from clinic.formats import day_words
from clinic.models import Practice
from patients.inbox.card import InboxCard
from patients.models.case_reading import practice_today

_SHORTEST_NOTE = 3
LONGEST_NOTE = 2000
MOST_DAYS = 60
"""How far something can be put off; later is another matter than later today."""


class NoteForm(forms.Form):
    """What was done about it, for the record."""

    note = forms.CharField(
        label="What you did, or decided",
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=LONGEST_NOTE,
        help_text="Stays in the record with your name and the time.",
        error_messages={
            "required": "Write what you did or decided. The note stays in the record.",
            "max_length": "Use %(limit_value)d characters or fewer. This has %(show_value)d.",
        },
    )

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        """Lay the form out without a tag of its own; ``label`` asks for something else."""
        super().__init__(*args, **kwargs)
        if label:
            self.fields["note"].label = label
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_note(self) -> str:
        """A note that says something."""
        note: str = self.cleaned_data["note"].strip()
        if len(note) < _SHORTEST_NOTE or not any(char.isalnum() for char in note):
            raise ValidationError("Write a few words: what you did or decided.")
        return note


class SeveralForm(NoteForm):
    """Several cards of one page, and one note for them; a card is its alert and what was seen."""

    def __init__(self, *args: Any, cards: Sequence[InboxCard], **kwargs: Any) -> None:
        """``cards``: those of the page that may be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["note"].label = "One note for all that you chose"
        self.fields["note"].widget.attrs["class"] = "form-control"
        self.fields["card"] = forms.MultipleChoiceField(
            choices=[(str(card.alert.pk), card.title) for card in cards],
            error_messages={
                "required": "Choose at least one.",
                "invalid_choice": "One of these is done, or has changed. Look once more.",
            },
        )

    @property
    def may_choose(self) -> bool:
        """Whether anything on the page may be chosen."""
        return bool(cast(forms.MultipleChoiceField, self.fields["card"]).choices)

    @property
    def picked(self) -> list[str]:
        """What is ticked, as it was sent."""
        return list(cast(QueryDict, self.data).getlist("card")) if self.is_bound else []


class SnoozeForm(forms.Form):
    """Until when, and why it can wait."""

    until = forms.DateField(
        label="Bring it back on",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Choose a day.",
            "invalid": "Choose a day from the calendar, or type it like 2026-11-20.",
        },
    )
    reason = forms.CharField(
        label="Why it can wait",
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text="Everybody in the practice sees it.",
        error_messages={
            "required": "Write why it can wait.",
            "max_length": "Use %(limit_value)d characters or fewer. This has %(show_value)d.",
        },
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        """Days are those of the practice's calendar."""
        super().__init__(*args, **kwargs)
        self.practice = practice
        self.first = practice_today(practice) + dt.timedelta(days=1)
        self.last = practice_today(practice) + dt.timedelta(days=MOST_DAYS)
        attrs = {"min": self.first.isoformat(), "max": self.last.isoformat()}
        self.fields["until"].widget.attrs |= attrs
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_until(self) -> dt.date:
        """A day to come, and not too far."""
        day: dt.date = self.cleaned_data["until"]
        if not self.first <= day <= self.last:
            raise ValidationError(
                f"Choose a day from {day_words(self.first)} to {day_words(self.last)}."
            )
        return day

    def clean_reason(self) -> str:
        """A reason that says something."""
        reason: str = self.cleaned_data["reason"].strip()
        if not any(char.isalnum() for char in reason):
            raise ValidationError("Write why it can wait.")
        return reason

    def moment(self) -> dt.datetime:
        """The start of that day where the practice is."""
        day: dt.date = self.cleaned_data["until"]
        return timezone.make_aware(dt.datetime.combine(day, dt.time()), self.practice.zone)
