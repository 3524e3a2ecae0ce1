"""The form of an exercise of one's own: its words, and everything the rules look at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms

from patients.fields import text_field, word_choices
from patients.vocabulary import EQUIPMENT
from programs.exercises.definition import LONGEST_SUMMARY, Definition
from programs.exercises.filling import HOLD
from programs.exercises.own import trait_words as words
from programs.exercises.own.fields import (
    MISSING,
    UNSURE,
    LinesField,
    ask,
    free_name,
    pick,
    tick,
    which,
)
from programs.exercises.own.position_asks import POSITION_ASKS
from programs.rules.editions import LEG_LOAD_OF
from programs.rules.either_side import SIDE_UNKNOWN
from programs.rules.traits import POSITIONS, REGIONS, TRANSIENT_RISES, Traits

_PLACEHOLDER: Final = re.compile(r"\{(side|other)\}")
UNSURE_REST: Final = "Not sure of the rest"
PATIENT_TEXTS: Final = ("steps", "feel", "avoid", "stop", "transient_when")
_ASKED: Final = tuple(f"flag_{code}" for code in words.TRAIT_QUESTIONS)


class OwnExerciseForm(forms.Form):
    """Everything but the movements and the doses, which are rows of their own."""

    name = text_field("Name", max_length=90, required=True)
    aliases = LinesField(label="Other names", most=20, longest=80, rows=2)
    summary = text_field("In one sentence", max_length=LONGEST_SUMMARY, required=True)
    kind = pick("Kind", words.KIND_LABELS)
    phase = pick("Purpose", words.PURPOSE_LABELS)
    regions = tick("Region", list(REGIONS.items()), required=True, unsure="Not sure")
    muscles = LinesField(label="Muscles", most=12, longest=60, rows=2)

    position = pick("Position", POSITIONS)
    sided = ask("Is it given for a treated side, left or right?", unsure=words.SIDE_UNSURE)
    helper_needed = ask("Must somebody help?", unsure=True)
    moves = ask("Does the spine or a joint move, or is it held in a position?", unsure=True)
    spine_load = pick("Load on the spine", words.SPINE_LOAD_LABELS, unsure=True)
    arm_load = pick("Weight on the arms", words.ARM_LOAD_LABELS, unsure=True)
    arm_load_on = which("Which arm bears it")
    kneels_on = which("Which knee bears weight")
    leg_load = pick("Most weight on a leg", words.LEG_LOAD_LABELS, unsure=True)
    leg_load_other = pick("Most weight on the other leg", words.LEG_LOAD_LABELS, unsure=True)
    balance = pick("Balance", words.BALANCE_LABELS, unsure=True)
    external_load = pick("Works against", words.EXTERNAL_LOAD_LABELS, unsure=True)
    nerve_tension = pick("Nerves", words.NERVE_LABELS, unsure=True)
    neck_load = pick("Load on the neck", words.NECK_LOAD_LABELS, unsure=True)
    effort = pick("Effort", words.EFFORT_LABELS, unsure=True)
    breathing = pick("Breathing", words.BREATHING_LABELS, unsure=True)
    pressure = pick("Pressure on the body", words.PRESSURE_LABELS, unsure=True)
    contact = tick(
        "Where something presses or touches",
        [*words.CONTACT_LABELS.items(), words.ELSEWHERE],
        unsure="Not sure",
    )
    modality = pick("Treatment", words.MODALITY_LABELS, unsure=True)
    remarks = tick("Is also true of it", list(words.REMARKS.items()), unsure=UNSURE_REST)
    topics = tick("What the advice is about", words.TOPIC_LABELS.items(), unsure=UNSURE_REST)
    equipment = tick("Needed", [(code, label) for code, label in EQUIPMENT.items()])
    equipment_optional = tick("Can help", [(code, label) for code, label in EQUIPMENT.items()])

    steps = LinesField(label="Steps", least=3, most=7, longest=200, rows=6)
    feel = text_field("What it should feel like", max_length=300, rows=2)
    avoid = LinesField(label="What to avoid", most=6, longest=200)
    stop = LinesField(label="When to stop", most=6, longest=200)
    transient_rise = pick("A passing rise of symptoms", TRANSIENT_RISES)
    transient_when = text_field("When a rise is all right", max_length=300, rows=2)
    keep_drawing = ask("Does the drawing still show this exercise?")

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())
    token = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput())

    SECTIONS = (
        ("about", ("name", "aliases", "summary", Row(Column("kind"), Column("phase")), "topics",
                   "regions", "muscles")),
        ("body", ("position", "sided", "helper_needed", *_ASKED)),
        ("moves", ("moves",)),
        ("load", (Row(Column("spine_load"), Column("arm_load")),
                  Row(Column("arm_load_on"), Column("kneels_on")),
                  Row(Column("leg_load"), Column("leg_load_other")),
                  Row(Column("balance"), Column("external_load")),
                  Row(Column("nerve_tension"), Column("neck_load")), "effort",
                  Row(Column("pressure"), Column("breathing")), "contact", "modality", "remarks")),
        ("things", ("equipment", "equipment_optional")),
        ("words", ("steps", "feel", "avoid", "stop", "transient_rise", "transient_when")),
        ("drawing", (Field("keep_drawing"),)),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        base: Definition | None,
        taken: frozenset[str],
        seen: str,
        begun: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Start from ``base``, or from what somebody has ``begun``.

        ``taken``: names in use, folded; ``seen``: the digest shown.
        """
        initial = _initial(base) if base else dict(begun or {})
        kwargs["initial"] = {**initial, "seen": seen}
        super().__init__(*args, **kwargs)
        self.taken = taken
        for code, question in words.TRAIT_QUESTIONS.items():
            self.fields[f"flag_{code}"] = ask(question, unsure=True)
        if UNSURE not in initial.get("topics", ()):
            del self.fields["topics"]
        if base is None or not base.figures:
            del self.fields["keep_drawing"]
        word_choices(self)
        self._word()

    def _word(self) -> None:
        """Hints, and errors that say what to do."""
        hints = {
            "aliases": "One a line. They are found by the search.",
            "summary": "For clinicians: what it is and what it is for.",
            "muscles": "One a line.",
            "steps": "3 to 7 steps, one a line. For an exercise with a treated side, write {side} "
            "where right or left belongs, and {other} for the other side. {hold} is the time to "
            "hold, from the dose: “Hold for {hold}.”",
            "avoid": "One a line.",
            "stop": "One a line. The general stop rules are printed anyway.",
            "transient_when": "Needed where a rise is allowed. Patients read it.",
            "arm_load_on": "Where no weight is on the arms, leave it as it is.",
            "kneels_on": "Where no knee bears weight, leave it as it is.",
            "leg_load": "On the treated leg, or on both where there is no treated side.",
            "leg_load_other": "Where there is no treated side, choose the same again.",
            "moves": "Say no only where nothing bends, turns, is pulled or is held, as in advice.",
        }
        for name, hint in hints.items():
            self.fields[name].help_text = hint
        self.fields["name"].error_messages["required"] = "Give it a name."
        self.fields["summary"].error_messages["required"] = "Say in one sentence what it is."
        self.fields["steps"].error_messages["required"] = "Write 3 to 7 steps."

    def helper(self, name: str) -> FormHelper:
        """How one section of the page lays its fields out."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.form_show_errors = True
        helper.layout = Layout(
            *(part for part in dict(self.SECTIONS)[name] if part != "topics" or part in self.fields)
        )
        return helper

    def names(self, section: str) -> frozenset[str]:
        """The names of the fields of one section."""
        found = self.helper(section).layout.get_field_names()
        return frozenset(pointer.name for pointer in found) & frozenset(self.fields)

    @property
    def helpers(self) -> dict[str, FormHelper]:
        """Section → helper, for the template."""
        return {name: self.helper(name) for name, _ in self.SECTIONS if self._has(name)}

    def _has(self, section: str) -> bool:
        return section != "drawing" or "keep_drawing" in self.fields

    def clean_name(self) -> str:
        """One space between words, and a name that no other exercise has."""
        return free_name(self.cleaned_data["name"], self.taken)

    def clean_summary(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["summary"].split())

    def clean_aliases(self) -> list[str]:
        """No name that could mean two opposite movements."""
        names: list[str] = self.cleaned_data["aliases"]
        if "pelvic tilt" in map(str.casefold, names):
            raise forms.ValidationError("Say posterior or anterior: they are opposite movements.")
        return names

    def clean(self) -> dict[str, Any]:
        """What belongs together agrees."""
        values: dict[str, Any] = super().clean() or {}
        for name in PATIENT_TEXTS:
            self._check_sides(name, values)
        if values.get("transient_rise", "no") != "no" and not values.get("transient_when"):
            self._tell("transient_when", "Say when a rise is all right.", MISSING)
        if values.get("pressure", "none") not in {"none", UNSURE} and not values.get("contact"):
            self._tell("contact", "Say where it presses.", MISSING)
        if values.get("kind") == "release" and values.get("pressure") == "none":
            self._tell("pressure", "Self-massage presses. Say how hard.")
        why = _NO_ONE_SIDE.get(values.get("sided", ""))
        for name in ("arm_load_on", "kneels_on"):
            if why and values.get(name, "") not in {"", "both"}:
                self._tell(name, f"{why}, so choose both.")
        loads = [values.get("leg_load"), values.get("leg_load_other")]
        if why and all(loads) and loads[0] != loads[1]:
            self._tell("leg_load_other", f"{why}, so choose the same for both.")
        least = LEG_LOAD_OF.get(values.get("position", ""), "none")
        # Half kneeling shares the weight between a foot and the other knee.
        shared = values.get("position") == "half_kneeling" and "partial" in loads
        if least == "full" and not {"full", "impact", UNSURE} & set(loads) and not shared:
            self._tell("leg_load", "In this position a leg carries all of the body.")
        if values.get("flag_head_lift") == "yes" and values.get("neck_load") == "none":
            self._tell("neck_load", "You say that the head is lifted: then the neck holds it up.")
        for code, why in POSITION_ASKS.get(values.get("position", ""), ()):
            if values.get(f"flag_{code}") == "no":
                self._tell(f"flag_{code}", why)
        return values

    def _tell(self, name: str, message: str, code: str = "") -> None:
        if name in self.fields and name not in self.errors:
            self.add_error(name, forms.ValidationError(message, code))

    def _check_sides(self, name: str, values: dict[str, Any]) -> None:
        """Curly brackets are for where a side belongs, and in steps for the time to hold."""
        value = values.get(name) or ""
        text = "\n".join(value) if isinstance(value, list) else value
        if values.get("sided") == "no" and _PLACEHOLDER.search(text):
            self._tell(name, "There is no treated side, so {side} and {other} cannot be filled in.")
        left = _PLACEHOLDER.sub("", text)
        if set(left.replace(HOLD, "") if name == "steps" else left) & set("{}"):
            allowed = "{side}, {other} and {hold}" if name == "steps" else "{side} and {other}"
            self._tell(name, f"Curly brackets are only for {allowed}.")


_NO_ONE_SIDE: Final = {
    "no": "There is no treated side",
    UNSURE: "You are not sure of a treated side",
}


def _initial(base: Definition) -> dict[str, Any]:
    """A definition as the form shows it: every question answered as it stands."""
    same = ("name", "aliases", "summary", "muscles", "equipment_optional", "steps",
            "feel", "avoid", "stop", "transient_rise", "transient_when")  # fmt: skip
    shown = {name: getattr(base, name) for name in same}
    return {**initial_of(base.traits, base.regions), **shown}


def initial_of(traits: Traits, regions: Sequence[str]) -> dict[str, Any]:
    """What the rules see, as the form shows it; of what nobody has said, that nobody knows."""
    unknown = traits.unknown
    plain = ("position", "spine_load", "arm_load", "arm_load_on", "kneels_on", "neck_load",
             "leg_load", "leg_load_other", "balance", "external_load", "nerve_tension",
             "effort", "breathing", "pressure", "modality", "kind", "phase")  # fmt: skip
    pressed = traits.pressure != "none" and "pressure" not in unknown
    elsewhere = [words.ELSEWHERE[0]] if pressed and not traits.contact else []
    flags = {code: _yes(code in traits.flags) for code in words.TRAIT_QUESTIONS}
    remarks = [code for code in words.REMARKS if code in traits.flags]
    open_ = {name: [UNSURE] if name in unknown else [] for name in ("regions", "contact", "topics")}
    return {
        **{name: UNSURE if name in unknown else getattr(traits, name) for name in plain},
        **{f"flag_{code}": UNSURE if code in unknown else yes for code, yes in flags.items()},
        "regions": open_["regions"] or list(regions),
        "sided": UNSURE if SIDE_UNKNOWN in unknown else _yes(traits.sided),
        "helper_needed": UNSURE if "helper" in unknown else _yes(traits.helper),
        "moves": UNSURE if "movements" in unknown else _yes(bool(traits.movements)),
        "contact": [*sorted(traits.contact), *(open_["contact"] or elsewhere)],
        "remarks": [*remarks, *([UNSURE] if unknown & frozenset(words.REMARKS) else [])],
        "topics": [*sorted(traits.topics), *open_["topics"]],
        "equipment": list(traits.equipment),
    }


def _yes(value: bool) -> str:
    return "yes" if value else "no"
