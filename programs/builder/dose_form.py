"""The form for one exercise's dose: ranges of two fields each, a side and a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from patients.fields import text_field
from programs.builder.form_parts import SIDE_CHOICES, fields_only, printed_field
from programs.exercises.dosage import BOUNDS, DOSE_LABELS, RANGE_FIELDS, Dosage, DosageError
from programs.exercises.strength import RESISTANCES, STRENGTH_LABELS, TEXTS
from programs.prescriptions.models import ProgramItem

UNITS = (("s", "seconds"), ("min", "minutes"))


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
    spare = forms.BooleanField(label="Stop two before you must", required=False)
    resistance = forms.ChoiceField(
        label=STRENGTH_LABELS["resistance"],
        choices=[("", "Nothing"), *RESISTANCES.items()],
        required=False,
        error_messages={"invalid_choice": "Choose from the list."},
    )
    step = text_field(STRENGTH_LABELS["step"], max_length=TEXTS["step"])
    pace = text_field(STRENGTH_LABELS["pace"], max_length=TEXTS["pace"])
    progress = text_field(STRENGTH_LABELS["progress"], max_length=TEXTS["progress"])
    note = printed_field("Note to the patient", max_length=2000, rows=2)
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
            self.fields["side"] = forms.ChoiceField(label="Side", choices=SIDE_CHOICES)
        for name in STRENGTH_LABELS:
            look = "form-select" if name == "resistance" else "form-control"
            self.fields[name].widget.attrs["class"] = look
        self.helper = fields_only()

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

    def strength(self) -> list[BoundField]:
        """What strength work adds, in the order it is shown."""
        return [self[name] for name in STRENGTH_LABELS]

    def has_strength(self) -> bool:
        """Whether any of it is filled in, so that the page shows it open."""
        return any(self[name].value() for name in (*STRENGTH_LABELS, "spare"))

    def clean(self) -> dict[str, Any]:
        """Build the dose; an impossible one is an error at its own field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        out: dict[str, Any] = {"therapist_sets": list(self.open_fields)}
        for name in RANGE_FIELDS:
            span = self._span(name, data)
            if span is not None:
                out[name] = span
        for name in ("per_side", "per_position", "spare"):
            out[name] = bool(data.get(name))
        for name in ("resistance", *TEXTS):
            out[name] = " ".join((data.get(name) or "").split())
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
    plain = ("per_side", "per_position", "spare", "resistance", *TEXTS)
    out: dict[str, Any] = {name: getattr(dose, name) for name in plain}
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
