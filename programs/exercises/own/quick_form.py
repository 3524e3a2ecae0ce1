"""An exercise of one's own by its words, its dose, a picture and eight plain questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict

from clinic.models import User
from clinic.parsing.errors import DefinitionError
from patients.fields import text_field, token_field, with_blank, word_choices
from patients.vocabulary import EQUIPMENT
from programs.exercises.dosage import Dosage
from programs.exercises.dose_line import LONGEST_LINE, DoseLineError, read_line
from programs.exercises.filling import HOLD
from programs.exercises.own import trait_words as words
from programs.exercises.own.asked import (
    ASKED_MOVES,
    MOVING,
    NOT_SURE,
    ONLY_SIDED,
    SO,
    SO_LABELS,
    ShortAnswers,
    way_words,
)
from programs.exercises.own.credit import OWN_LICENCE, author_of
from programs.exercises.own.fields import LinesField, free_name, pick, tick
from programs.exercises.own.follows import NOT_IN, PRESSES, Settled, follows
from programs.exercises.own.likely import likely
from programs.exercises.own.picture_here import PictureHereForm
from programs.exercises.own.taken import summary_of, taken
from programs.rules.editions import EDITION
from programs.rules.traits import POSITIONS, REGIONS

SoGroups = list[tuple[str, list[tuple[str, str, bool, bool]]]]
_PLACEHOLDERS: Final = ("{side}", "{other}", HOLD)
FIRST_DOSE: Final = "To start with"


def _one(label: str, labels: Mapping[str, str]) -> forms.ChoiceField:
    """One of several, or nobody knows."""
    options = with_blank(NOT_SURE, list(labels.items()))
    return forms.ChoiceField(label=label, choices=options, required=False)


class QuickExerciseForm(PictureHereForm):
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
    summary = text_field("In one sentence", max_length=200)
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
            self._tell("dose", "Give a dose to start from, like “3x10, daily”.")
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

    def _tell(self, name: str, message: str) -> None:
        if name not in self.errors:
            self.add_error(name, message)

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

    @property
    def so_first(self) -> SoGroups:
        """What is likely of question 8, ticked or follows: to be read before the rest."""
        return self._so(first=True)

    @property
    def so_rest(self) -> SoGroups:
        """The rest of the list of question 8."""
        return self._so(first=False)

    def _so(self, *, first: bool) -> SoGroups:
        """One half of the list, as this position needs it: code, words, ticked, if it follows.

        What a position rules out is left out, unless somebody has ticked it.
        """
        known = self.follows
        phase, position = (str(self[name].value() or "") for name in ("phase", "position"))
        never = NOT_IN.get(position, frozenset())
        ticked = set(self["so"].value() or ())
        wanted = likely(phase, position, self["moves"].value() or ()) - never
        on = ticked | known.yes
        groups = [
            (
                title,
                [
                    (code, label, code in on, code in known.yes)
                    for code, label in rows.items()
                    if (code in on or code not in never) and (code in on | wanted) == first
                ],
            )
            for title, rows in SO
        ]
        return [(title, rows) for title, rows in groups if rows]

    @property
    def so_left(self) -> int:
        """How many lines the rest has."""
        return sum(len(rows) for _, rows in self.so_rest)

    @property
    def follows(self) -> Settled:
        """What follows from position, purpose and effort as they are chosen now."""
        phase, position, effort = (
            str(self[name].value() or "") for name in ("phase", "position", "effort")
        )
        return follows(ShortAnswers(phase=phase, position=position, effort=effort))

    @property
    def followed(self) -> list[str]:
        """What follows, in words."""
        return [label for code, label in SO_LABELS.items() if code in self.follows.yes]

    @property
    def left_out(self) -> list[str]:
        """What is not so by itself, in words."""
        no = self.follows.no - set(self["so"].value() or ())
        return [label for code, label in SO_LABELS.items() if code in no]

    @property
    def moving(self) -> Iterator[tuple[str, int, list[tuple[str, list[tuple[str, str, bool]]]]]]:
        """Group, how many are ticked in it, and each part with what it can do."""
        ticked = set(self["moves"].value() or ())
        for title, parts in MOVING:
            rows = [
                (name, [(f"{part}:{way}", way_words(part, way), f"{part}:{way}" in ticked)
                        for way in ways])
                for part, name, ways in parts
            ]  # fmt: skip
            yield title, sum(on for _, ways in rows for *_, on in ways), rows

    @property
    def dose_read(self) -> str:
        """The dose as it is understood, or why it is not; nothing where there is none yet."""
        if self.errors.get("dose"):
            return ""
        line = str(self["dose"].value() or "")
        try:
            return f"Understood: {read_line(line).words}." if line else ""
        except DoseLineError as error:
            return error.reason


def typed(sent: QueryDict) -> dict[str, Any]:
    """What was sent, as a form that nobody has sent begins with it."""
    many = {name for name, f in QuickExerciseForm.base_fields.items()
            if isinstance(f, forms.MultipleChoiceField)}  # fmt: skip
    names = set(QuickExerciseForm.base_fields) - {"file"}
    return {n: sent.getlist(n) if n in many else sent[n] for n in names if n in sent}
