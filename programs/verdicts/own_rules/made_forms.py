"""The form by which an owner writes a rule: of whom, of which exercises, and what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms

from patients.fields import choices, text_field, token_field, with_blank, word_choices
from patients.vocabulary import CONDITIONS, FINDINGS, SURGERIES
from programs.exercises.own.trait_words import DIRECTION_GROUPS, PART_LABELS
from programs.rules.book import VERDICT_LABELS
from programs.rules.made import MADE_EVIDENCE, MADE_SOURCE, MADE_VERDICTS, plain_words
from programs.rules.movements import JOINTS, SPINE_PARTS
from programs.rules.own import GENTLY
from programs.rules.traits import FLAGS, POSITIONS, PURPOSES, REGIONS

CASE_FIELDS: Final = ("conditions", "findings", "surgeries")
_TRAIT_FIELDS: Final = ("positions", "phases", "regions", "flags")
_ENDS: Final = ("_away", "_toward", "_both")
_SIDEWAYS: Final = {
    "side_bend": "Bends to a side",
    "rotation": "Turns",
    "shift": "Shifts to a side",
}


def _parts() -> dict[str, str]:
    trunk = {code: PART_LABELS[code] for code in (*sorted(SPINE_PARTS), "pelvis")}
    limbs = {joint: PART_LABELS[f"{joint}_both"].partition(",")[0] for joint in sorted(JOINTS)}
    return {**trunk, **limbs}


def _directions() -> dict[str, str]:
    found = {code: label for _, group in DIRECTION_GROUPS for code, label in group}
    plain = {code: label for code, label in found.items() if not code.endswith(_ENDS)}
    return {**_SIDEWAYS, **plain}


def _many(label: str, labels: Mapping[str, str]) -> forms.MultipleChoiceField:
    ordered = sorted(choices(labels), key=lambda choice: choice[1])
    return forms.MultipleChoiceField(
        label=label, choices=ordered, required=False, widget=forms.CheckboxSelectMultiple
    )


def _labels(table: Mapping[str, Any]) -> dict[str, str]:
    return {code: entry.label for code, entry in table.items()}


class MadeRuleForm(forms.Form):
    """A rule in a practice's own words, made of what the vocabulary knows."""

    title = text_field("Name of the rule", max_length=160, required=True)
    verdict = forms.ChoiceField(
        label="It says",
        choices=[(code, VERDICT_LABELS[code]) for code in MADE_VERDICTS],
        widget=forms.RadioSelect,
        help_text="A rule of your own is never milder than the others: the worst verdict counts.",
        error_messages={"required": "Choose what it says."},
    )
    conditions = _many("Conditions", _labels(CONDITIONS))
    findings = _many("Answers of the safety screen", _labels(FINDINGS))
    surgeries = _many("Operations", _labels(SURGERIES))
    together = forms.ChoiceField(
        label="Of these",
        choices=[("any", "one is enough"), ("all", "one of each list that has ticks")],
        widget=forms.RadioSelect,
        initial="any",
    )
    positions = _many("Positions", POSITIONS)
    phases = _many("Purposes", PURPOSES)
    regions = _many("Parts of the body that it is for", REGIONS)
    flags = _many("What it asks of the body", FLAGS)
    part = forms.ChoiceField(label="Part that moves", required=False)
    direction = forms.ChoiceField(label="How it moves", required=False)
    side = forms.ChoiceField(
        label="Side",
        required=False,
        choices=[
            ("", "Whichever side it is done for"),
            ("same", "Only where it is done for the affected side"),
            ("other", "Only where it is done for the other side"),
        ],
    )
    reason = text_field("Words for the clinician", max_length=500, required=True, rows=2)
    patient = text_field("Words for the patient", max_length=300, required=True, rows=2)
    source = text_field("Where you have it from", max_length=200, required=True)
    why = text_field("Why you make or change it", max_length=500, required=True, rows=2)
    token = token_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A patient's words that suit most rules are there already."""
        kwargs["initial"] = {"patient": GENTLY, **kwargs.get("initial", {})}
        super().__init__(*args, **{"auto_id": "made-%s", **kwargs})
        self.fields["part"].choices = with_blank("Any", choices(_parts()))  # type: ignore[attr-defined]
        directions = with_blank("Any", choices(_directions()))
        self.fields["direction"].choices = directions  # type: ignore[attr-defined]
        self.fields["patient"].help_text = "Printed where you accept it. Short and plain."
        self.fields["source"].help_text = "A surgeon’s protocol, a guideline, your own experience."
        self.fields["why"].help_text = "Kept for good, with your name and the day."
        word_choices(self)

    def clean(self) -> dict[str, Any]:
        """A rule speaks of somebody or of something; a side is the side of something."""
        cleaned = super().clean() or {}
        if not self.errors:
            named = any(cleaned[name] for name in CASE_FIELDS)
            traits = any(cleaned[name] for name in (*_TRAIT_FIELDS, "part", "direction"))
            if not named and not traits:
                self.add_error(None, "Tick which patients or which exercises it is about.")
            elif cleaned["side"] and not named:
                self.add_error("side", "Tick what is affected first: a condition, say.")
        return cleaned

    def table(self) -> dict[str, Any]:
        """The rule as it is stored, without id and version."""
        sent = self.cleaned_data
        clause: dict[str, Any] = {
            "verdict": sent["verdict"],
            "reason": plain_words(sent["reason"]),
            "patient": plain_words(sent["patient"]),
        }
        lists = {name: sorted(set(sent[name])) for name in CASE_FIELDS if sent[name]}
        if lists:
            each = [{name: codes} for name, codes in lists.items()]
            several = len(each) > 1
            clause["case"] = {sent["together"]: each} if several else each[0]
        if exercise := dict(self._exercise()):
            clause["exercise"] = exercise
        return {
            "title": plain_words(sent["title"]),
            "source": MADE_SOURCE,
            "item": plain_words(sent["source"]),
            "evidence": MADE_EVIDENCE,
            "clause": [clause],
        }

    def _exercise(self) -> Iterator[tuple[str, Any]]:
        sent = self.cleaned_data
        for name in _TRAIT_FIELDS:
            if sent[name]:
                yield name, sorted(set(sent[name]))
        if sent["side"]:
            yield "treated", sent["side"]
        movement = {}
        if sent["part"]:
            movement["parts"] = [sent["part"]]
        if sent["direction"]:
            movement["directions"] = [sent["direction"]]
        if movement:
            yield "movements", [movement]


def as_typed(data: Mapping[str, Any]) -> dict[str, Any]:
    """A stored rule as the form shows it."""
    (clause,) = data["clause"]
    case, exercise = clause.get("case", {}), clause.get("exercise", {})
    together = "all" if "all" in case else "any"
    lists: dict[str, Any] = {}
    for part in case.get(together, [case]):
        lists |= part
    (movement,) = exercise.get("movements", [{}])
    return {
        "title": data["title"],
        "verdict": clause["verdict"],
        "together": together,
        **lists,
        **{name: exercise[name] for name in _TRAIT_FIELDS if name in exercise},
        "part": "".join(movement.get("parts", [])),
        "direction": "".join(movement.get("directions", [])),
        "side": exercise.get("treated", ""),
        "reason": clause["reason"],
        "patient": clause["patient"],
        "source": data["item"],
    }
