"""A session as a plain checklist: one form an exercise, one token for the whole.

The token is the id of the session. From it and from what was entered every entry gets its id, so
that the same page sent twice stores once, and a page changed and sent again stores a correction.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from typing import Any, Final

from django import forms

from patients.response import Phase
from patients.vocabulary import Chain
from programs.portal.session.page import SessionExercise
from programs.portal.symptoms.forms import Said, SymptomForm
from programs.sessions.entries import SymptomEntry
from programs.sessions.reasons import SKIP_REASONS

_STATES: Final = (("done", "Done"), ("partly", "Partly"), ("skipped", "Not today"))
_SIDES: Final = (("right", "Right"), ("left", "Left"), ("both", "Both"))
_MOST: Final = {"sets": 100, "reps": 1000, "seconds": 86_400}
_LONGEST: Final = dt.timedelta(hours=12)
"""A page opened longer ago says nothing of when the session began."""


def _number(name: str) -> forms.IntegerField:
    most = _MOST[name]
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


class MinutesField(forms.DecimalField):
    """Minutes, with a point or a comma; the value is whole seconds."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_value=_MOST["seconds"] // 60,
            error_messages={
                "invalid": "Type a number of minutes, like 5 or 2.5.",
                "min_value": "Type 0 or more.",
                "max_value": f"Type {_MOST['seconds'] // 60} or less.",
            },
        )

    def clean(self, value: Any) -> Any:
        """Whole seconds; None where nothing was typed."""
        minutes = super().clean(value.replace(",", ".") if isinstance(value, str) else value)
        return None if minutes is None else round(minutes * 60)


class ExerciseForm(forms.Form):
    """What became of one exercise. Empty numbers mean: not counted."""

    state = forms.ChoiceField(choices=_STATES, required=False)
    sets = _number("sets")
    reps = _number("reps")
    seconds = _number("seconds")
    side = forms.ChoiceField(choices=[("", "Not said"), *_SIDES], required=False)
    reason = forms.ChoiceField(choices=[("", "Not said"), *SKIP_REASONS.items()], required=False)

    def __init__(self, row: SessionExercise, data: Any = None, chain: Chain = Chain.LEG) -> None:
        super().__init__(data, prefix=f"exercise-{row.number}")
        self.row = row
        self.during = _during(row, data, chain) if row.is_watched else None
        for name in ("sets", "reps", "seconds", "side"):
            if name not in row.wants:
                del self.fields[name]
        if row.in_minutes:
            self.fields["seconds"] = MinutesField()

    def clean(self) -> dict[str, Any]:
        """Numbers need a state that fits them."""
        values = super().clean() or {}
        counted = any(values.get(name) for name in _MOST)
        state = values.get("state")
        if counted and not state and "state" not in self.errors:
            self.add_error("state", "Choose Done, Partly or Not today.")
        if counted and state == "skipped":
            self.add_error("state", "You chose Not today, but you gave numbers. Which is right?")
        return values

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
        """The number fields that this dose asks for: each with its question and what is asked."""
        dose = self.row.item.dosage
        asked = {
            "sets": ("Sets", dose.sets.words if dose.sets else ""),
            "reps": (
                "Times in each set" if "sets" in self.row.wants else "Times",
                dose.reps.words if dose.reps else "",
            ),
            "seconds": self.row.seconds_asked,
        }
        return [(self[name], *words) for name, words in asked.items() if name in self.fields]

    def told(self) -> dict[str, Any] | None:
        """What was said, as an entry holds it; None where nothing was."""
        values = self.cleaned_data
        if not values.get("state"):
            return None
        done = values["state"] == "done"
        return {
            "state": values["state"],
            "side": values.get("side", "") or self.row.item.side,
            **{name: values.get(name) for name in _MOST},
            "reason": "" if done else values.get("reason", ""),
        }


class Checklist:
    """The whole page: how it was before, what was done, how it was after.

    ``last`` finds how it was when the patient last told, but for this session. ``run``: the
    session's id. ``begun``: when the page was opened. Symptoms may be left out; a session needs
    an exercise.
    """

    def __init__(
        self,
        rows: Iterable[SessionExercise],
        data: Any,
        *,
        last: Callable[[uuid.UUID], Said | None],
        now: dt.datetime,
        chain: Chain = Chain.LEG,
    ) -> None:
        rows = tuple(rows)
        said = data or {}
        self.is_bound, self.now = data is not None, now
        self.run, self.begun = _run(said), _begun(said, now)
        self.same_before = bool(said.get("before-same"))
        self.same_after = bool(said.get("after-same")) and _answered(data, "after") is None
        self.exercises = [ExerciseForm(row, data, chain) for row in rows]
        names = [(row.item.item, row.name) for row in rows]
        self.last = last(self.run)
        self.before = SymptomForm(
            _answered(data, "before"), prefix="before", last=self.last, chain=chain
        )
        self.after = SymptomForm(
            _answered(data, "after"),
            prefix="after",
            exercises=names,
            phase=Phase.AFTER,
            chain=chain,
        )

    def is_valid(self) -> bool:
        """Whether everything can be stored, and an exercise is among it."""
        forms = [*self.exercises, *self.during]
        forms += [f for f in (self.before, self.after) if f.is_bound]
        valid = all(form.is_valid() for form in forms)
        return valid and not self.is_empty and not self.after_alone

    @property
    def is_empty(self) -> bool:
        """Sent, and nothing said of any exercise."""
        return self.is_bound and all(
            form.is_valid() and form.told() is None for form in self.exercises
        )

    @property
    def after_alone(self) -> bool:
        """Nothing has changed, but since when? Nothing was said before."""
        return self.same_after and not self.before.is_bound

    @property
    def has_errors(self) -> bool:
        """Whether something on the page has to be put right."""
        return self.is_bound and not self.is_valid()

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Where something has to be put right: the place on the page, and its name."""
        if not self.has_errors:
            return []
        before = self.before.is_bound and not self.before.is_valid()
        after = self.after_alone or (self.after.is_bound and not self.after.is_valid())
        return [
            *([("before", "Before you begin")] if before else []),
            *((form.prefix or "", form.row.name) for form in self.exercises if _is_wrong(form)),
            *([("after", "How is it now?")] if after else []),
        ]

    @property
    def during(self) -> list[SymptomForm]:
        """What was answered about watched exercises."""
        asked = (form.during for form in self.exercises)
        return [during for during in asked if during is not None and during.is_bound]

    def _during(self) -> list[SymptomEntry]:
        """The same as entries; of what was not done nothing is kept."""
        found = []
        for form in self.exercises:
            told = form.told()
            if form.during in self.during and told is not None and told["state"] != "skipped":
                item = form.row.item.item
                entry = form.during.entry(
                    session=self.run, phase=Phase.DURING, at=self.now, item=item
                )
                found.append(entry)
        return found

    def symptoms(self) -> list[SymptomEntry]:
        """What was answered, before, during and after."""
        found = []
        if self.before.is_bound:
            found.append(self.before.entry(session=self.run, phase=Phase.BEFORE, at=self.begun))
        found += self._during()
        if self.before.is_bound and self.same_after:
            found.append(dataclasses.replace(found[0], phase=Phase.AFTER, at=self.now))
        if self.after.is_bound:
            found.append(self.after.entry(session=self.run, phase=Phase.AFTER, at=self.now))
        return found


def _during(row: SessionExercise, data: Any, chain: Chain) -> SymptomForm:
    """How it was at the end of a watched exercise."""
    prefix = f"during-{row.number}"
    return SymptomForm(_answered(data, prefix), prefix=prefix, phase=Phase.DURING, chain=chain)


def _is_wrong(form: ExerciseForm) -> bool:
    during = form.during
    return bool(form.errors) or (during is not None and during.is_bound and not during.is_valid())


def _answered(data: Any, prefix: str) -> Any:
    """The answers, where a question of this group has one; None: the group was left out."""
    asked = ["pain", "regions", "kinds", "provoked", *(["same"] if prefix == "before" else [])]
    return data if data is not None and any(data.get(f"{prefix}-{n}") for n in asked) else None


def _run(data: Any) -> uuid.UUID:
    """The session's id from the page; a new one where the page has none."""
    try:
        return uuid.UUID(str(data.get("run", ""))[:45])
    except ValueError:
        return uuid.uuid4()


def _begun(data: Any, now: dt.datetime) -> dt.datetime:
    """When the page was opened, as it says itself; now where that cannot be."""
    try:
        at = dt.datetime.fromisoformat(str(data.get("begun", "")))
    except ValueError:
        return now
    return at if at.tzinfo is not None and now - _LONGEST <= at <= now else now
