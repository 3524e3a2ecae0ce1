"""A preview of what is typed so far: its card, what is wrong, and how much is only missing yet.

What is missing is counted and not told, so that nobody is scolded for looking early.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from programs.exercises.own.card import WordsCard
from programs.exercises.own.fields import MISSING
from programs.exercises.pictures.links import Shown


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One thing to put right: where on the page, what it is called there, and why."""

    place: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a form shows before it is saved.

    ``missing``: how many answers are not there yet. ``frames``: pictures that the exercise has
    already. ``label``: of the dose on the card, where the exercise has several.
    """

    card: WordsCard
    wrong: tuple[FieldFault, ...]
    missing: int
    frames: tuple[Shown, ...] = ()
    label: str = ""


def faults_in(form: forms.Form) -> Iterator[FieldFault]:
    """What a form tells at its fields, in its order."""
    for name, told in form.errors.items():
        for why in told:
            if name == NON_FIELD_ERRORS:
                yield FieldFault("", "", str(why))
            else:
                field = form[name]
                place = field.id_for_label or f"div_{field.auto_id}"
                yield FieldFault(place, str(field.label), str(why))


def without_missing(sent: Iterable[forms.Form]) -> int:
    """Let forms tell no more what is only missing; how many fields that was."""
    return sum(_taken_from(form) for form in sent)


def _taken_from(form: forms.Form) -> int:
    gone = 0
    for name, told in form.errors.as_data().items():
        left = [error for error in told if error.code != MISSING]
        gone += len(told) - len(left) if name != NON_FIELD_ERRORS else 0
        if left:
            form.errors[name].data = [*left]
        else:
            del form.errors[name]
    return gone
