"""The full form, begun with what somebody has answered in the short one."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict

from clinic.parsing.reader import Reader
from programs.exercises.entry_traits import parse_traits
from programs.exercises.own.form_set import Begun
from programs.exercises.own.forms import initial_of
from programs.exercises.own.quick_form import FIRST_DOSE, QuickExerciseForm
from programs.exercises.own.row_forms import preset_row
from programs.exercises.own.taken import taken

_TEXTS = ("name", "steps", "summary")


def begun_with(sent: QueryDict) -> Begun:
    """Every answer of the short form that can be read; what it does not ask is open."""
    form = QuickExerciseForm(sent, names=frozenset(), holder="")
    form.full_clean()
    answers = form.answers()
    # A purpose or a position that nobody has chosen is asked again, not guessed.
    phase, position = answers.phase or "settle", answers.position or "any"
    table = taken(replace(answers, phase=phase, position=position))
    traits = parse_traits(Reader(table))
    texts = {name: sent.get(name, "") for name in _TEXTS}
    values = {
        **initial_of(traits, answers.regions),
        **texts,
        "phase": answers.phase,
        "position": answers.position,
        "equipment_optional": table["equipment_optional"],
        "transient_rise": "no",
        "token": sent.get("token", ""),
    }
    if not answers.phase:
        values["kind"] = ""
    dose = preset_row(FIRST_DOSE, form.dosage) if form.dosage else None
    return Begun(values, traits, (dose,) if dose else ())
