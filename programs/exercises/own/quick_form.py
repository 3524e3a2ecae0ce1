"""An exercise of one's own by its words, its dose, a picture and eight plain questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict

from clinic.models import User
from clinic.parsing.errors import DefinitionError
from patients.fields import text_field, token_field, with_blank, word_choices
from patients.vocabulary import EQUIPMENT
from programs.exercises.definition import LONGEST_SUMMARY
from programs.exercises.dosage import Dosage
from programs.exercises.dose_line import LONGEST_LINE, DoseLineError, read_line
from programs.exercises.filling import HOLD
from programs.exercises.own import trait_words as words
from programs.exercises.own.asked import (
    ASKED_MOVES,
    NOT_SURE,
    ONLY_SIDED,
    SO_LABELS,
    ShortAnswers,
)
from programs.exercises.own.credit import OWN_LICENCE, author_of
from programs.exercises.own.fields import MISSING, LinesField, free_name, pick, tick
from programs.exercises.own.follows import PRESSES
from programs.exercises.own.quick_shown import QuickShown
from programs.exercises.own.taken import summary_of, taken
from programs.rules.editions import EDITION
from programs.rules.traits import POSITIONS, REGIONS

_PLACEHOLDERS: Final = ("{side}", "{other}", HOLD)
FIRST_DOSE: Final = "To start with"


def _one(label: str, labels: Mapping[str, str]) -> forms.ChoiceField:
    """One of several, or nobody knows."""
    options = with_blank(NOT_SURE, list(labels.items()))
    return forms.ChoiceField(label=label, choices=options, required=False)


class QuickExerciseForm(QuickShown):
    """What is asked of a new exercise. What is left out nobody knows."""

    name = text_field("Name", max_length=90, required=True)
    steps = LinesField(label="Steps", least=3, most=7, longest=200, rows=5)
    dose = forms.CharField(label="Dose", required=False, max_length=LONGEST_LINE)
    phase = pick("What is it for?", words.PURPOSE_LABELS)
    regions = tick("Where in the body?", list(REGIONS.items()))
    position = pick("In which position?", POSITIONS)
    sided = _one("Is it done for one side?", {"yes": "Yes, left or right", "no": "No"})
    moves = tick("What moves, or is held, and which way?", ASKED_MOVES.items())
    moved = _one("Is that all?", {"all": "That is all", "nothing": "Nothing moves"})
    far = _one("How far?", words.RANGE_LABELS)
    how = _one("How?", words.MODE_LABELS)
    limb = _one(
        "Which arm or leg?",
        {"treated": "The treated one", "other": "The other one", "both": "Both, the same way"},
    )
    effort = _one("How hard does it work?", words.EFFORT_LABELS)
    against = _one("What does it work against?", words.EXTERNAL_LOAD_LABELS)
    equipment = tick("What does it take?", list(EQUIPMENT.items()))
    so = tick("Is any of this so?", SO_LABELS.items())
    looked = forms.BooleanField(
        label="I looked at the whole list, the folded lines too: the rest is not so", required=False
    )
    summary = text_field("In one sentence", max_length=LONGEST_SUMMARY)
    token = token_field()

    def __init__(self, *args: Any, names: frozenset[str], **kwargs: Any) -> None:
        """``names``: those in use, folded."""
        super().__init__(*args, **kwargs)
        self.names = names
        self.dosage: Dosage | None = None
        word_choices(self)
        said = self.fields
        said["name"].error_messages["required"] = "Give it a name."
        said["steps"].error_messages["required"] = "Write 3 to 7 steps."
        said[
            "steps"
        ].help_text = (
            "3 to 7, one a line. {side} and {other} become left or right, {hold} the time to hold."
        )
        said["dose"].help_text = "Like “3x10, hold 5 s, 2/day”. It can change for each patient."
        said["dose"].error_messages["max_length"] = f"Use {LONGEST_LINE} characters or fewer."
        said["summary"].help_text = "For clinicians. Left empty, it is made from your answers."
        said["effort"].help_text = "For advice: choose “Advice, no effort”."
        said["sided"].help_text = (
            "Not sure: it counts as for one side, and what moves counts for both, so that no rule "
            "is missed. You choose a side in each program. You can change it later."
        )
        said["far"].help_text = "Not sure, where they differ."

    def answers(self) -> ShortAnswers:
        """What was answered, as far as it can be read."""
        v = self.cleaned_data
        texts = ("phase", "position", "sided", "moved", "far", "how", "limb", "effort", "against")
        return ShortAnswers(
            **{name: v.get(name, "") for name in texts},
            regions=tuple(v.get("regions", ())),
            moves=tuple(v.get("moves", ())),
            equipment=tuple(v.get("equipment", ())),
            so=frozenset(v.get("so", ())),
            looked=bool(v.get("looked")),
        )

    def clean_name(self) -> str:
        """One space between words, and a name that no other exercise has."""
        return free_name(self.cleaned_data["name"], self.names)

    def clean_dose(self) -> str:
        """What the line says; it is told where it cannot be read."""
        line = str(self.cleaned_data["dose"])
        try:
            self.dosage = read_line(line) if line else None
        except DoseLineError as error:
            raise forms.ValidationError(error.reason) from error
        return line

    def clean(self) -> dict[str, Any]:
        """What belongs together agrees."""
        v = super().clean()
        self._check_steps(v)
        answers = self.answers()
        if answers.sided == "no" and (wrong := ONLY_SIDED & set(answers.moves)):
            named = ASKED_MOVES[sorted(wrong)[0]]
            self._tell("moves", f"“{named}” means something only for a treated side.")
        if answers.moved == "nothing" and answers.moves:
            self._tell("moved", "Something is ticked above. Say that it moves, or take it away.")
        if answers.moved == "all" and not answers.moves:
            self._tell("moved", "Tick above what moves, or say that nothing does.")
        if answers.phase == "release" and answers.looked and not PRESSES & answers.so:
            self._tell("so", "Self-massage presses. Tick how hard.")
        if not self.errors.get("dose") and not self.dosage and not self._advises(answers):
            self._tell("dose", "Give a dose to start from, like “3x10, daily”.", MISSING)
        return v

    def _advises(self, answers: ShortAnswers) -> bool:
        return answers.effort in {"education", "thermal"}

    def _check_steps(self, v: dict[str, Any]) -> None:
        text = "\n".join(v.get("steps") or ())
        if v.get("sided") == "no" and ("{side}" in text or "{other}" in text):
            self._tell("steps", "It is not for one side, so {side} and {other} mean nothing here.")
        for mark in _PLACEHOLDERS:
            text = text.replace(mark, "")
        if set(text) & set("{}"):
            self._tell("steps", "Curly brackets are only for {side}, {other} and {hold}.")

    def _tell(self, name: str, message: str, code: str = "") -> None:
        if name not in self.errors:
            self.add_error(name, forms.ValidationError(message, code))

    def data_of(self, slug: str, user: User) -> dict[str, Any]:
        """The exercise as the catalogue stores it; whether it is one, is seen when it is stored."""
        v, answers = self.cleaned_data, self.answers()
        dose = self.dosage
        preset = {"label": FIRST_DOSE, **dose.to_dict(), "source": "own"} if dose else None
        return {
            "slug": slug,
            "name": v["name"],
            "summary": " ".join(v["summary"].split()) or summary_of(answers),
            "steps": v["steps"],
            "edition": EDITION,
            **taken(answers),
            "dosage": [preset] if preset else [],
            "source": [{"id": "own", "item": ""}],
            "author": author_of(user),
            "licence": OWN_LICENCE,
        }

    def refuse(self, error: DefinitionError) -> None:
        """Tell what no question of this page could have asked better."""
        name = error.key if error.key in self.fields else None
        self.add_error(name, "Something in this exercise does not fit together. Look at it again.")


def typed(sent: QueryDict) -> dict[str, Any]:
    """What was sent, as a form that nobody has sent begins with it."""
    many = {name for name, f in QuickExerciseForm.base_fields.items()
            if isinstance(f, forms.MultipleChoiceField)}  # fmt: skip
    names = set(QuickExerciseForm.base_fields) - {"file"}
    return {n: sent.getlist(n) if n in many else sent[n] for n in names if n in sent}
