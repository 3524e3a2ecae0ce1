"""Correcting what was told: how it was, and what became of an exercise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django import forms

from patients.models import SymptomLog
from programs.exercises.dosage import Span
from programs.portal.symptoms.forms import SymptomForm
from programs.portal.symptoms.questions import uuid_of
from programs.sessions.entries import LONGEST_WORDS, ExerciseEntry, SymptomEntry
from programs.sessions.models import ExerciseLog
from programs.sessions.prescribed import dose_asked
from programs.sessions.reasons import SKIP_REASONS

_STATES: Final = (
    (ExerciseLog.DONE, "Done"),
    (ExerciseLog.PARTLY, "Partly"),
    (ExerciseLog.SKIPPED, "Not done"),
)
_SIDES: Final = (("", "Not said"), ("right", "Right"), ("left", "Left"), ("both", "Both"))
_MOST: Final = (("sets", 100), ("reps", 1000), ("seconds", 86_400))


def _number(most: int) -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=most,
        error_messages={
            "invalid": "Type a whole number, like 10.",
            "min_value": "Type 0 or more.",
            "max_value": f"Type {most} or less.",
        },
    )


class CorrectSymptomsForm(SymptomForm):
    """How it really was. ``exercises``: those that can have brought it on."""

    def __init__(
        self, log: SymptomLog, exercises: Iterable[tuple[str, str]] = (), data: Any = None
    ) -> None:
        super().__init__(data, prefix="told", exercises=exercises, said=log, phase=log.phase)
        self.log = log

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what was told."""
        return bool({"pain", "regions", "kinds", "provoked"} & set(self.changed_data))

    def correction(self, at: dt.datetime) -> SymptomEntry:
        """The correction as an entry; posted twice it has the same id."""
        log = self.log
        return self.entry(
            session=log.session, phase=log.phase, at=at, item=log.item, corrects=log.client_id
        )


class CorrectExerciseForm(forms.Form):
    """What really became of an exercise that is in the record already.

    It asks for the numbers that the dose of that day asks for, and for any that were given.
    """

    state = forms.ChoiceField(
        choices=_STATES,
        error_messages={
            "required": "Choose Done, Partly or Not done.",
            "invalid_choice": "Choose Done, Partly or Not done.",
        },
    )
    sets = _number(100)
    reps = _number(1000)
    seconds = _number(86_400)
    side = forms.ChoiceField(choices=_SIDES, required=False)
    reason = forms.ChoiceField(choices=[("", "Not said"), *SKIP_REASONS.items()], required=False)
    words = forms.CharField(
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": f"Use {LONGEST_WORDS} letters or fewer."},
    )
    id = forms.Field(required=False)

    def __init__(self, log: ExerciseLog, data: Any = None) -> None:
        names = ("state", "sets", "reps", "seconds", "side", "reason", "words")
        said = {name: getattr(log, name) for name in names}
        if said["reason"] not in SKIP_REASONS:
            said["reason"] = ""
        super().__init__(data, prefix="told", initial=said)
        self.log, self.dosage = log, dose_asked(log)
        for name in self._not_asked():
            del self.fields[name]

    def _not_asked(self) -> list[str]:
        dose = self.dosage
        asked = {
            "sets": dose.sets is not None and dose.sets.high > 1,
            "reps": dose.reps is not None,
            "seconds": dose.hold_s is not None or dose.duration_s is not None,
            "side": dose.per_side,
        }
        return [
            name
            for name, holds in asked.items()
            if not holds and (name == "side" or getattr(self.log, name) is None)
        ]

    def clean(self) -> dict[str, Any]:
        """Numbers need a state that fits them."""
        values = super().clean() or {}
        if values.get("state") == ExerciseLog.SKIPPED and any(values.get(n) for n, _ in _MOST):
            self.add_error("state", "You chose Not done, but there are numbers. Which is right?")
        return values

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what was told."""
        return bool(set(self.changed_data) - {"id"})

    def correction(self, at: dt.datetime) -> ExerciseEntry:
        """The correction as an entry; posted twice it has the same id."""
        said, log = self.cleaned_data, self.log
        done = said["state"] == ExerciseLog.DONE
        return ExerciseEntry(
            id=uuid_of(said["id"]),
            session=log.session.client_id,
            at=at,
            item=log.item,
            state=said["state"],
            side=said.get("side", log.side),
            **{name: said.get(name) for name, _ in _MOST},
            reason="" if done else said["reason"],
            words=said["words"],
            corrects=log.client_id,
        )

    # --- What the page shows ---

    @property
    def entry_id(self) -> str:
        """A fresh id, or the one that was posted with a mistake."""
        return str(uuid_of(self.data.get(self.add_prefix("id")) if self.is_bound else None))

    @property
    def states(self) -> tuple[tuple[str, str], ...]:
        """What can be said of it."""
        return _STATES

    @property
    def has_side(self) -> bool:
        """Whether the side is asked for."""
        return "side" in self.fields

    @property
    def numbers(self) -> list[tuple[forms.BoundField, str, str]]:
        """The number fields: each with its question, and what was asked for."""
        dose = self.dosage
        spans: dict[str, tuple[str, Span | None]] = {
            "sets": ("Sets", dose.sets),
            "reps": ("Times in each set" if "sets" in self.fields else "Times", dose.reps),
            "seconds": (
                "Seconds" if dose.duration_s else "Seconds of each hold",
                dose.duration_s or dose.hold_s,
            ),
        }
        return [
            (self[name], label, span.words if span else "")
            for name, (label, span) in spans.items()
            if name in self.fields
        ]
