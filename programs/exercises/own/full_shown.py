"""What the full form shows of an exercise before it is saved: its card, and what is wrong so far.

A preview stores nothing. What is typed and wrong is told at its field and beside the card; what is
only missing yet is counted.
"""

from __future__ import annotations

from typing import Any, Final

from clinic.models import Practice
from programs.exercises.dosage import Dosage
from programs.exercises.library import library_for
from programs.exercises.models import Exercise
from programs.exercises.own.card import CARD_SIDE, WordsCard, card_of, needed
from programs.exercises.own.fields import dose_of
from programs.exercises.own.form_set import OwnExerciseBundle
from programs.exercises.own.picture_here import PictureHereForm
from programs.exercises.own.previewing import FieldFault, Preview, faults_in, without_missing
from programs.exercises.pictures.casts import ChosenPeople
from programs.exercises.pictures.links import Shown, drawings_for, pictures_for

_TEXTS: Final = ("name", "steps", "feel", "avoid", "stop", "transient_when")
_UNREAD: Final = "The dose cannot be read yet"


def preview_of(
    bundle: OwnExerciseBundle,
    picture: PictureHereForm | None = None,
    frames: tuple[Shown, ...] = (),
) -> Preview:
    """Look at what was sent. Afterwards the form tells what is wrong, and no more what is missing.

    ``picture``: that goes along; ``frames``: pictures that the exercise has, or keeps.
    """
    bundle.is_valid()
    card, label = _card(bundle)
    sent = [*bundle.parts, *([picture] if picture else [])]
    missing = without_missing(sent)
    rows = (bundle.movements, bundle.presets)
    wrong = [
        *(fault for part in sent for fault in faults_in(part)),
        *(FieldFault("", "", str(why)) for part in rows for why in part.non_form_errors()),
    ]
    return Preview(card, tuple(wrong), missing, frames, label)


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
