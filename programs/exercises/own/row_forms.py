"""The rows of an exercise of one's own: a movement a row, a dose a row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from patients.fields import text_field, with_blank, word_choices
from programs.exercises.definition import Definition
from programs.exercises.dosage import RANGE_FIELDS, Dosage
from programs.exercises.own import trait_words as words
from programs.exercises.own.fields import UNSURE, UNSURE_LABEL, SpanField, span_words
from programs.exercises.strength import RESISTANCES, STRENGTH_LABELS, TEXTS
from programs.rules.either_side import twin_of
from programs.rules.movements import DIRECTIONS, LIMB_PARTS, SIDED_DIRECTIONS, Movement
from programs.rules.traits import Traits

_DOSE_LABELS = {
    "sets": "Sets",
    "reps": "Repetitions",
    "hold_s": "Hold each",
    "duration_s": "Or for how long",
    "rest_s": "Rest between sets",
    "times_per_day": "Times a day",
    "days_per_week": "Days a week",
    "weeks": "For how many weeks",
    "effort": "Effort, 0 to 10",
}


_PLAIN = ("per_side", "per_position", "spare", "resistance", *TEXTS)
"""What a dose says besides its numbers."""


def _which_one(group: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The choice for a limb of which nobody knows which one it is."""
    both = [(code, label) for code, label in group if code.endswith("_both")]
    return [
        (code.removesuffix("_both") + _UNTOLD, label.replace("both sides", "not sure which"))
        for code, label in both
    ]


def _known_part(part: str) -> str:
    """The part as a definition has it: of a limb that nobody knows, both."""
    return part.removesuffix(_UNTOLD) + "_both" if part.endswith(_UNTOLD) else part


_UNTOLD = f"_{UNSURE}"
"""How the part of a limb ends of which nobody knows whether it is the treated one."""
_PLACES = {"range": "end", "mode": "hold"}
"""What stands in the place of what nobody knows of a movement; no rule reads it."""
_PART_CHOICES = tuple((name, (*group, *_which_one(group))) for name, group in words.PART_GROUPS)


class OwnRow(forms.Form):
    """A row that counts once something is in it; an empty one is passed over."""

    remove = forms.BooleanField(label="Remove", required=False)
    names: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Word the errors. A row that is not used may stay empty."""
        super().__init__(*args, **{**kwargs, "empty_permitted": True})
        self.use_required_attribute = False
        word_choices(self)

    @property
    def is_used(self) -> bool:
        """The row says something and is not to be removed."""
        values = self.cleaned_data
        return any(values.get(name) for name in self.names) and not values.get("remove")

    def clean(self) -> dict[str, Any]:
        """A row to be removed may be as wrong as it likes."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("remove"):
            self.errors.clear()
        elif any(values.get(name) for name in self.names):
            self.check(values)
        return values

    def check(self, values: dict[str, Any]) -> None:
        """What a used row must say."""

    def row(self) -> list[str]:
        """The row, to be compared with others."""
        return [str(self.cleaned_data.get(name)) for name in self.names]


class MovementForm(OwnRow):
    """How one part of the body moves, or is held."""

    names = ("part", "direction", "range", "mode", "degrees")

    part = forms.ChoiceField(
        label="Part of the body",
        required=False,
        choices=[("", "Choose"), *((name, list(group)) for name, group in _PART_CHOICES)],
    )
    direction = forms.ChoiceField(
        label="What it does",
        required=False,
        choices=[("", "Choose"), *((name, list(group)) for name, group in words.DIRECTION_GROUPS)],
    )
    range = forms.ChoiceField(
        label="How far",
        required=False,
        choices=with_blank("Choose", [*words.RANGE_LABELS.items(), (UNSURE, UNSURE_LABEL)]),
    )
    mode = forms.ChoiceField(
        label="How",
        required=False,
        choices=with_blank("Choose", [*words.MODE_LABELS.items(), (UNSURE, UNSURE_LABEL)]),
    )
    degrees = forms.IntegerField(
        label="Largest angle, degrees",
        required=False,
        min_value=0,
        max_value=180,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Write a whole number from 0 to 180."
        ),
    )

    open_degrees = forms.BooleanField(label="Not sure how many degrees", required=False)

    def check(self, values: dict[str, Any]) -> None:
        """All four of them, and the angle where a rule looks at it."""
        for name in ("part", "direction", "range", "mode"):
            if name in values and not values[name]:
                self.add_error(name, "Choose one, or remove this row.")
        part, direction = values.get("part"), values.get("direction")
        if not part or not direction:
            return
        known = _known_part(part)
        if direction not in DIRECTIONS.get(known, ()):
            self.add_error(
                "direction", f"{words.PART_LABELS[known]}: it cannot do this. Choose another."
            )
        bends = direction == "flexion" and part.startswith(("hip", "knee"))
        told = values.get("degrees") is not None or values.get("open_degrees")
        if bends and "degrees" in values and not told:
            self.add_error("degrees", "How far does it bend at most? Rules about hips look at it.")

    def movement(self) -> dict[str, Any]:
        """The row as a definition has it."""
        values = self.cleaned_data
        out = {name: values[name] for name in ("part", "direction", "range", "mode")}
        out["part"] = _known_part(out["part"])
        out |= {name: _PLACES[name] for name in _PLACES if out[name] == UNSURE}
        if values.get("degrees") is not None:
            out["degrees"] = values["degrees"]
        return out

    def unsaid(self) -> set[str]:
        """What nobody has said of it, by the names that the rules have for that."""
        values = self.cleaned_data
        found = {name for name in _PLACES if values[name] == UNSURE}
        found |= {"limb"} if values["part"].endswith(_UNTOLD) else set()
        open_ = values.get("degrees") is None and bool(values.get("open_degrees"))
        return found | ({"degrees"} if open_ else set())

    @property
    def side_fault(self) -> tuple[str, str] | None:
        """Field and words, where the movement means something for a treated side only."""
        part, direction = self.cleaned_data["part"], self.cleaned_data["direction"]
        if twin_of(direction):
            return "direction", "Without a treated side: choose both ways, or remove this row."
        one = direction in SIDED_DIRECTIONS or part.endswith(("_treated", "_other"))
        return ("part", "This needs a treated side. Say so above.") if one else None


class PresetForm(OwnRow):
    """A dose to start from, under a name."""

    names = ("label", *RANGE_FIELDS)

    label = text_field("Name of this dose", max_length=80)
    per_side = forms.BooleanField(label="On each side", required=False)
    per_position = forms.BooleanField(label="At each place", required=False)
    spare = forms.BooleanField(label="Stop two before you must", required=False)
    resistance = forms.ChoiceField(
        label=STRENGTH_LABELS["resistance"],
        choices=[("", "Nothing"), *RESISTANCES.items()],
        required=False,
    )
    step = text_field(STRENGTH_LABELS["step"], max_length=TEXTS["step"])
    pace = text_field(STRENGTH_LABELS["pace"], max_length=TEXTS["pace"])
    progress = text_field(STRENGTH_LABELS["progress"], max_length=TEXTS["progress"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """One field a range."""
        super().__init__(*args, **kwargs)
        for name in RANGE_FIELDS:
            self.fields[name] = SpanField(name, label=_DOSE_LABELS[name])

    def numbers(self) -> list[forms.BoundField]:
        """The ranges, in the order they are shown."""
        return [self[name] for name in RANGE_FIELDS]

    def strength(self) -> list[forms.BoundField]:
        """What strength work adds to it."""
        return [self[name] for name in STRENGTH_LABELS]

    def check(self, values: dict[str, Any]) -> None:
        """A name, and an amount."""
        if "label" in values and not values["label"]:
            self.add_error("label", "Give this dose a name, like: Everyday start.")
        amounts = ("reps", "hold_s", "duration_s")
        if not any(values.get(name) or name in self.errors for name in amounts):
            self.add_error("reps", "Say how many times, how long to hold, or for how long.")

    def preset(self) -> dict[str, Any]:
        """The row as a definition has it, without its source."""
        values = self.cleaned_data
        out: dict[str, Any] = {"label": " ".join(values["label"].split())}
        out |= {name: values[name] for name in RANGE_FIELDS if values.get(name)}
        checks = ("per_side", "per_position", "spare")
        out |= {name: True for name in checks if values.get(name)}
        texts = ("resistance", *TEXTS)
        out |= {name: " ".join(values[name].split()) for name in texts if values.get(name)}
        return out


def movement_rows(traits: Traits | None) -> list[dict[str, Any]]:
    """What the movement rows start from."""
    return [_movement_row(m, traits.unknown) for m in traits.movements] if traits else []


def _movement_row(m: Movement, unknown: frozenset[str]) -> dict[str, Any]:
    """A movement as its row shows it; what stays as it is in a position is all told."""
    row: dict[str, Any] = {name: getattr(m, name) for name in MovementForm.names}
    if m.mode == "posture" and m.degrees is not None:
        return row
    row |= {name: UNSURE for name in _PLACES if name in unknown}
    if "limb" in unknown and m.part in LIMB_PARTS:
        row["part"] = m.part.rpartition("_")[0] + _UNTOLD
    if "degrees" in unknown and m.degrees is None:
        row["open_degrees"] = True
    return row


def preset_rows(definition: Definition | None) -> list[dict[str, Any]]:
    """What the dose rows start from."""
    return [preset_row(p.label, p.dosage) for p in (definition.presets if definition else ())]


def preset_row(label: str, dose: Dosage) -> dict[str, Any]:
    """What the row of one dose starts from."""
    return {
        "label": label,
        **{name: getattr(dose, name) for name in _PLAIN},
        **{name: span_words(name, getattr(dose, name)) for name in RANGE_FIELDS},
    }
