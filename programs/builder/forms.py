"""Forms about a program. Each finds its errors at the field and keeps what was typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from clinic.formats import day_words
from patients.fields import day_field, text_field
from programs.builder.next_review import NextReview
from programs.exercises.dosage import BOUNDS, DOSE_LABELS, RANGE_FIELDS, Dosage, DosageError
from programs.prescriptions.models import Program, ProgramItem
from programs.verdicts.standing import LONGEST_OVERRIDE_DAYS, SHORTEST_REASON

_SIDE_CHOICES = (("left", "Left"), ("right", "Right"))
UNITS = (("s", "seconds"), ("min", "minutes"))
MOST_LINES = 60
"""Of a printed note. A thousand line breaks in every note took minutes to print."""


def _few_lines(value: str) -> None:
    """Refuse a text that is mostly line breaks: printed, it would be pages of nothing."""
    lines = len(value.splitlines())
    if lines > MOST_LINES:
        raise ValidationError(f"Use {MOST_LINES} lines or fewer. This has {lines}.")


def _printed(label: str, *, max_length: int, rows: int) -> Any:
    """A text of several lines that is printed on the handout."""
    field = text_field(label, max_length=max_length, rows=rows)
    field.validators.append(_few_lines)
    return field


def _helper() -> FormHelper:
    """Fields only: the template writes the form tag and the token."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


@dataclass(frozen=True, slots=True)
class Pair:
    """The two fields of a range, as a template shows them."""

    name: str
    label: str
    low: BoundField
    high: BoundField
    unit: BoundField | None

    @property
    def errors(self) -> list[str]:
        """What is wrong with either, each once."""
        return list(dict.fromkeys([*self.low.errors, *self.high.errors]))


class DoseForm(forms.Form):
    """How much, how often, for which side, and a note to the patient.

    Each range is two fields: from, and to; an empty "to" means one number.
    """

    per_side = forms.BooleanField(label="On each side", required=False)
    per_position = forms.BooleanField(label="At each place", required=False)
    note = _printed("Note to the patient", max_length=2000, rows=2)
    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, item: ProgramItem, sided: bool, seen: str, **kwargs: Any):
        """Start from the item's dose. ``seen``: the fingerprint of what is shown."""
        self.item = item
        self.dosage: Dosage | None = None
        self.open_fields = item.dose().therapist_sets
        kwargs["initial"] = {**_numbers(item.dose()), "note": item.note, "seen": seen}
        kwargs["initial"]["side"] = item.side
        super().__init__(*args, **{"auto_id": f"item-{item.pk}-%s", **kwargs})
        for name in RANGE_FIELDS:
            for end in ("low", "high"):
                self.fields[f"{name}_{end}"] = _number_field(name, end)
        self.fields["duration_unit"] = forms.ChoiceField(
            label="Unit", choices=UNITS, required=False, initial="s"
        )
        if sided:
            self.fields["side"] = forms.ChoiceField(label="Side", choices=_SIDE_CHOICES)
        self.helper = _helper()

    def pairs(self) -> list[Pair]:
        """The ranges in the order they are shown."""
        return [
            Pair(
                name,
                DOSE_LABELS[name] if name != "duration_s" else "Duration",
                self[f"{name}_low"],
                self[f"{name}_high"],
                self["duration_unit"] if name == "duration_s" else None,
            )
            for name in RANGE_FIELDS
        ]

    def clean(self) -> dict[str, Any]:
        """Build the dose; an impossible one is an error at its own field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        out: dict[str, Any] = {"therapist_sets": list(self.open_fields)}
        for name in RANGE_FIELDS:
            span = self._span(name, data)
            if span is not None:
                out[name] = span
        for name in ("per_side", "per_position"):
            out[name] = bool(data.get(name))
        if not self.errors:
            try:
                self.dosage = Dosage.from_dict(out)
            except DosageError as error:
                self.add_error(None, error.reason)
        return data

    def _span(self, name: str, data: dict[str, Any]) -> list[int] | None:
        low, high = data.get(f"{name}_low"), data.get(f"{name}_high")
        if f"{name}_low" in self.errors or f"{name}_high" in self.errors:
            return None
        if low is None:
            if high is not None:
                self.add_error(f"{name}_low", "Fill in the first number too.")
            return None
        high = low if high is None else high
        factor = 60 if name == "duration_s" and data.get("duration_unit") == "min" else 1
        least, most = (-(-BOUNDS[name][0] // factor), BOUNDS[name][1] // factor)
        if not least <= low <= most:
            self.add_error(f"{name}_low", f"From {least} to {most}.")
        elif not least <= high <= most:
            self.add_error(f"{name}_high", f"From {least} to {most}.")
        elif low > high:
            self.add_error(f"{name}_high", "The second number must not be smaller.")
        else:
            return [low * factor, high * factor]
        return None

    def flag_missing(self, missing: tuple[str, ...]) -> None:
        """Say at the fields what has to be filled in before the program can be issued."""
        if not self.is_bound:
            self._errors = forms.utils.ErrorDict()
            self.cleaned_data = {}
        for name in missing:
            self.add_error(f"{name}_low", "Set this before you issue.")


def _number_field(name: str, end: str) -> forms.IntegerField:
    label = DOSE_LABELS[name] + (", to" if end == "high" else "")
    least, most = BOUNDS[name]
    attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "form-control dose__number"}
    field = forms.IntegerField(
        label=label,
        required=False,
        widget=forms.NumberInput(attrs={**attrs, "min": least, "max": most}),
        error_messages={"invalid": "Write a whole number."},
    )
    if name == "duration_s":
        field.widget.attrs["min"] = 1
    return field


def _numbers(dose: Dosage) -> dict[str, Any]:
    """A dose as initial values: durations of whole minutes are shown in minutes."""
    out: dict[str, Any] = {"per_side": dose.per_side, "per_position": dose.per_position}
    for name in RANGE_FIELDS:
        span = getattr(dose, name)
        if span is None:
            continue
        low, high = span.low, span.high
        if name == "duration_s" and low % 60 == 0 and high % 60 == 0:
            low, high, out["duration_unit"] = low // 60, high // 60, "min"
        out[f"{name}_low"] = low
        out[f"{name}_high"] = high if high != low else None
    return out


class DetailsForm(forms.Form):
    """Title, note and review day of the whole program."""

    title = text_field("Title", max_length=120, required=True)
    note = _printed("Note to the patient", max_length=4000, rows=3)
    review_on = day_field("Review day")
    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        program: Program,
        seen: str,
        today: dt.date,
        proposed: NextReview | None = None,
        **kwargs: Any,
    ):
        """Start from the program as it is. ``today`` is the practice's date.

        ``proposed``: a review day where the program needs another, which saving takes over.
        """
        to_come = program.review_on is not None and program.review_on > today
        kwargs["initial"] = {
            "title": program.title,
            "note": program.note,
            "review_on": program.review_on if to_come or proposed is None else proposed.day,
            "seen": seen,
        }
        super().__init__(*args, **{"auto_id": "details-%s", **kwargs})
        self.today = today
        self.fields["title"].error_messages["required"] = "Give the program a title."
        self.fields["title"].help_text = "Printed at the top of the handout."
        self.fields["note"].help_text = "Printed on the first page. Short sentences help."
        self.fields[
            "review_on"
        ].help_text = "Empty: the handout names your practice's usual review weeks."
        if proposed is not None:
            words = f" Proposed: {day_words(proposed.day)}, {proposed.how}."
            self.fields["review_on"].help_text += words
        self.helper = _helper()

    def clean_review_on(self) -> dt.date | None:
        """A day after today, within a year."""
        day: dt.date | None = self.cleaned_data["review_on"]
        if day is not None:
            _check_day(day, self.today)
        return day


class AcceptForm(forms.Form):
    """Accept cautions; where the rules ask for a change, in words the patient reads."""

    modification = _printed("How it is changed", max_length=1000, rows=2)

    def __init__(self, *args: Any, item_id: Any, adapts: bool, **kwargs: Any):
        """``adapts``: whether a modification belongs to it."""
        super().__init__(*args, **{"auto_id": f"accept-{item_id}-%s", **kwargs})
        if adapts:
            self.fields["modification"].required = True
            self.fields["modification"].error_messages["required"] = (
                "Say how the exercise is changed. It is printed."
            )
            self.fields["modification"].help_text = "Printed for the patient. Change it as needed."
        else:
            del self.fields["modification"]
        self.helper = _helper()


class OverrideForm(forms.Form):
    """Prescribe against a rule: why, and until when."""

    reason = text_field("Reason", max_length=2000, rows=2, required=True)
    expires_on = day_field("Last day", required=True)

    def __init__(self, *args: Any, key: str, today: dt.date, weeks: int, **kwargs: Any):
        """``key`` tells several such forms on one page apart; the last day starts ``weeks`` on."""
        kwargs.setdefault("initial", {"expires_on": today + dt.timedelta(weeks=weeks)})
        super().__init__(*args, **{"auto_id": f"override-{key}-%s", **kwargs})
        self.today = today
        self.fields["reason"].error_messages["required"] = "Write down the reason."
        self.fields["reason"].help_text = "Kept in the record with your name. Not printed."
        self.fields["expires_on"].error_messages["required"] = "Choose the last day."
        self.helper = _helper()

    def clean_reason(self) -> str:
        """A reason long enough to mean something to the next clinician."""
        reason = str(self.cleaned_data["reason"]).strip()
        if len(reason) < SHORTEST_REASON:
            raise ValidationError(f"Write at least {SHORTEST_REASON} characters.")
        return reason

    def clean_expires_on(self) -> dt.date:
        """A day after today, within a year."""
        day: dt.date = self.cleaned_data["expires_on"]
        _check_day(day, self.today)
        return day


class StarterForm(forms.Form):
    """Which template to fill the program from, and the side where the case does not tell."""

    starter = forms.ChoiceField(label="Template")
    side = forms.ChoiceField(
        label="Side to treat",
        required=False,
        choices=(("", "Choose"), *_SIDE_CHOICES, ("both", "Both sides")),
    )

    def __init__(
        self, *args: Any, starters: list[tuple[str, str]], sided: list[str], **kwargs: Any
    ):
        """``starters``: values and names. ``sided``: those that need a side from the clinician."""
        super().__init__(*args, **{"auto_id": "starter-%s", **kwargs})
        self.fields["starter"].choices = [("", "Choose a template"), *starters]  # type: ignore[attr-defined]
        self.fields["starter"].error_messages["required"] = "Choose a template."
        self.fields["side"].help_text = "For the exercises of the template that have sides."
        self.sided = sided
        if not sided:
            del self.fields["side"]
        self.helper = _helper()

    def clean(self) -> dict[str, Any]:
        """The side where the template needs one."""
        data = super().clean() or {}
        if data.get("starter") in self.sided and "side" not in self.errors and not data["side"]:
            self.add_error("side", "Choose the side to treat.")
        return data


def _check_day(day: dt.date, today: dt.date) -> None:
    if day <= today:
        raise ValidationError("Choose a day after today.")
    if day > today + dt.timedelta(days=LONGEST_OVERRIDE_DAYS):
        raise ValidationError("Choose a day within a year from today.")
