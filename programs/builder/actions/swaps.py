"""One exercise of a draft in place of another."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from clinic.models import User
from programs.builder.actions.arrivals import ComingItem, insert
from programs.builder.actions.base import changing, item_of, record
from programs.builder.actions.items import (
    entry_of,
    refuse_twice,
    refuse_what_may_not_come,
)
from programs.exercises.definition import Definition
from programs.exercises.dosage import Dosage
from programs.exercises.dose_line import with_often
from programs.prescriptions.models import Program, ProgramItem
from programs.verdicts.judgement import judge_program


def swap_item(
    *, program: Program, actor: User, item_id: Any, exercise_id: int, side: str
) -> ProgramItem:
    """Take an exercise out and put another in its place; the old one can be put back.

    The new one has its own dose, as often as the old one where it does not say. Nothing that was
    decided about the old one holds for it.
    """
    with changing(program, actor) as locked:
        old = item_of(locked, item_id)
        judgement = judge_program(locked)
        definition, assessment = entry_of(judgement, exercise_id, side)
        refuse_what_may_not_come(judgement, definition, assessment, overridden=False)
        refuse_twice(judgement, exercise_id, side)
        old.removed_at = timezone.now()
        old.save(update_fields=["removed_at"])
        dose = _dose(definition, old.dose())
        (new,) = insert(locked, actor, [ComingItem(definition, exercise_id, side, dose)])
        old.refresh_from_db(fields=["position"])
        new.position = old.position
        new.save(update_fields=["position"])
        record(actor, "program.item.swap", new, old=str(old.pk))
    return new


def _dose(definition: Definition, before: Dosage) -> tuple[Dosage, str]:
    first = definition.presets[0] if definition.presets else None
    if first is None:
        return Dosage(), ""
    if first.dosage.says_how_often or definition.traits.kind == "advice":
        return first.dosage, first.label
    return with_often(first.dosage, before), first.label
