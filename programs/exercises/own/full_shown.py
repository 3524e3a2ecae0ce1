"""What the full form shows of an exercise before it is saved: its card, and what is wrong so far.

A preview stores nothing. What is typed and wrong is told at its field and beside the card; what is
only missing yet is counted, so that nobody is scolded for looking early.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from clinic.models import Practice
from programs.exercises.dosage import Dosage
from programs.exercises.library import library_for
from programs.exercises.models import Exercise
from programs.exercises.own.card import CARD_SIDE, WordsCard, card_of, needed
from programs.exercises.own.fields import MISSING, dose_of
from programs.exercises.own.form_set import OwnExerciseBundle
from programs.exercises.pictures.casts import ChosenPeople
from programs.exercises.pictures.links import Shown, drawings_for, pictures_for

_TEXTS: Final = ("name", "steps", "feel", "avoid", "stop", "transient_when")
_UNREAD: Final = "The dose cannot be read yet"


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing to put right: where on the page, what it is called there, and why."""

    place: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The card, the pictures that go with it, what is wrong, and how much is not answered yet.

    ``label``: of the dose on the card, where the exercise has several.
    """

    card: WordsCard
    frames: tuple[Shown, ...]
    wrong: tuple[FieldFault, ...]
    missing: int
    label: str = ""


def preview_of(bundle: OwnExerciseBundle, frames: tuple[Shown, ...] = ()) -> Preview:
    """Look at what was sent. Afterwards the form tells what is wrong, and no more what is missing.

    ``frames``: pictures that the exercise has, or keeps.
    """
    bundle.is_valid()
    card, label = _card(bundle)
    missing = sum(_without_missing(part) for part in bundle.parts)
    return Preview(card, frames, tuple(_wrong(bundle)), missing, label)


def _card(bundle: OwnExerciseBundle) -> tuple[WordsCard, str]:
    def typed(name: str) -> Any:
        return bundle.form[name].value()

    dose, unread, label = _dose(bundle)
    card = card_of(
        {name: typed(name) for name in _TEXTS},
        kind=str(typed("kind") or ""),
        dose=dose,
        unread=unread,
        sided=typed("sided") != "no",
        needs=needed(typed("equipment") or (), helped=typed("helper_needed") == "yes"),
    )
    return card, label


def _dose(bundle: OwnExerciseBundle) -> tuple[Dosage | None, str, str]:
    """The first dose or why it cannot be read, and its name where there are several."""
    used = bundle.presets.used()
    if not used:
        return None, "", ""
    first = used[0]
    label = str(first.cleaned_data.get("label", "")) if len(used) > 1 else ""
    if set(first.errors) - {"label"}:
        return None, _UNREAD, label
    first.cleaned_data.setdefault("label", "")
    return dose_of(first.preset()), "", label


def _without_missing(part: forms.Form) -> int:
    """Take away the errors that say no more than that something is missing; how many."""
    gone = 0
    for name, told in part.errors.as_data().items():
        left = [error for error in told if error.code != MISSING]
        gone += len(told) - len(left) if name != NON_FIELD_ERRORS else 0
        if left:
            part.errors[name].data = [*left]
        else:
            del part.errors[name]
    return gone


def _wrong(bundle: OwnExerciseBundle) -> Iterator[FieldFault]:
    for part in bundle.parts:
        for name, told in part.errors.items():
            for why in told:
                if name == NON_FIELD_ERRORS:
                    yield FieldFault("", "", str(why))
                else:
                    field = part[name]
                    place = field.id_for_label or f"div_{field.auto_id}"
                    yield FieldFault(place, str(field.label), str(why))
    for rows in (bundle.movements, bundle.presets):
        for why in rows.non_form_errors():
            yield FieldFault("", "", str(why))


def frames_of(
    exercise: Exercise, practice: Practice, people: ChosenPeople, bundle: OwnExerciseBundle
) -> tuple[Shown, ...]:
    """The pictures that a change of ``exercise`` keeps, or a copy takes along: drawings only."""
    library = library_for(practice)
    wanted = (exercise.pk, CARD_SIDE if exercise.sided else "")
    if bundle.copying:
        shown = drawings_for(library, wanted)
    else:
        shown = pictures_for(practice, library, [wanted], people)[wanted]
    photos = any(frame.photo for frame in shown.frames)
    keeps = photos or bundle.form.data.get("keep_drawing") == "yes"
    return shown.frames if keeps else ()
