"""Starting anew from what there is: a program that has ended, another one, an older version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from clinic.models import User
from clinic.outcomes import Refused
from programs.builder.actions.arrivals import ComingItem, insert
from programs.builder.actions.base import changing, record
from programs.builder.actions.drafts import amend, create_program, in_order, restore
from programs.builder.actions.starters import Applied, LeftOut, side_of_case, why
from programs.builder.reviewing import carried_review
from programs.exercises.dosage import Dosage
from programs.exercises.library import library_for
from programs.exercises.sides import other_side, with_side
from programs.prescriptions.models import Program, ProgramItem
from programs.verdicts.case_facts import case_facts
from programs.verdicts.judgement import Judgement, judge_program
from programs.verdicts.standing import NEEDS_OVERRIDE


@transaction.atomic
def copy_program(*, source: Program, actor: User) -> tuple[Program, bool]:
    """A new draft with the exercises, doses and notes of ``source``, and whether it is new.

    What was decided against the rules then is not taken over: each exercise is judged and decided
    anew. An exercise that has left the catalogue is left out. Where the case has a program that
    runs, that one is given back unchanged. Raises ``Refused`` as ``create_program`` does.
    """
    made, is_new = create_program(case=source.case, actor=actor)
    if not is_new:
        return made, False
    library = library_for(source.case.practice)
    ids = {pk for pk, entry in library.by_id.items() if entry.slug in library.current}
    rows = [row for row in source.items.active() if row.exercise_id in ids]
    ProgramItem.objects.bulk_create(
        ProgramItem(
            program=made,
            exercise_id=row.exercise_id,
            position=row.position,
            side=row.side,
            dosage=row.dosage,
            preset=row.preset,
            note=row.note,
        )
        for row in rows
    )
    made.title, made.note = source.title, source.note
    proposed = carried_review(made)
    made.review_on = proposed.day if proposed else None
    made.save(update_fields=["title", "note", "review_on", "changed_at"])
    record(actor, "program.copy", made, source=str(source.pk), items=len(rows))
    return made, True


@dataclass(frozen=True, slots=True)
class _Row:
    """One exercise of the program that is copied."""

    exercise_id: int
    side: str
    dosage: dict[str, Any]
    preset: str
    note: str


def copy_into(*, program: Program, actor: User, source: Program) -> Applied:
    """Add what another program of the practice has, as far as the rules allow for this patient.

    Where the other case is treated on its right and this one on its left, sides change over. Notes
    were written to somebody: those of another patient stay behind, and so does every decision.
    """
    with changing(program, actor) as locked:
        judgement = judge_program(locked)
        applied = Applied(source.title)
        swapped = _sides_change_over(judgement, source)
        same_patient = source.case.patient_id == locked.case.patient_id
        coming: list[ComingItem] = []
        notes = 0
        for row in _rows(source):
            side = other_side(row.side) if swapped else row.side
            notes += bool(row.note and not same_patient)
            _copy_row(judgement, row, side, applied, coming, note=same_patient)
        applied.items += [str(made.pk) for made in insert(locked, actor, coming)]
        if swapped:
            applied.changed.append("Left and right change over: the other case was on that side.")
        if notes:
            applied.changed.append("Notes to the other patient were not copied.")
        record(
            actor,
            "program.copy",
            locked,
            source=str(source.pk),
            items=len(applied.added),
            left_out=len(applied.left_out),
        )
    return applied


def _rows(source: Program) -> list[_Row]:
    """What the patient has; the working copy where nothing was issued yet."""
    latest = source.prescriptions.first()
    fields = ("exercise_id", "side", "dosage", "preset", "note")
    if latest is not None:
        return [_Row(**{name: row[name] for name in fields}) for row in in_order(latest.draft)]
    return [_Row(**row) for row in source.items.active().values(*fields)]


def _sides_change_over(judgement: Judgement, source: Program) -> bool:
    here, there = side_of_case(judgement.facts), side_of_case(case_facts(source.case))
    return bool(here and there and here != there)


def _copy_row(
    judgement: Judgement,
    row: _Row,
    side: str,
    applied: Applied,
    coming: list[ComingItem],
    *,
    note: bool,
) -> None:
    library = judgement.library
    definition = library.by_id.get(row.exercise_id)
    if definition is None or definition.slug not in library.current:
        name = definition.name if definition else "An exercise of another practice"
        applied.left_out.append(LeftOut(name, side, "It has left the catalogue."))
        return
    named = with_side(definition.name, side)
    found = next((a for a in judgement.assessments(definition.slug) if a.side == side), None)
    if (row.exercise_id, side) in judgement.there:
        applied.present.append(named)
    elif found is None or not definition.prescribable:
        applied.left_out.append(LeftOut(named, side, "It is not prescribed like this any more."))
    elif found.verdict == NEEDS_OVERRIDE:
        applied.left_out.append(LeftOut(named, side, why(found)))
    else:
        dose = (Dosage.from_dict(row.dosage), row.preset)
        text = row.note if note else ""
        coming.append(ComingItem(definition, row.exercise_id, side, dose, text))
        applied.added.append(named)


@transaction.atomic
def restore_version(*, program: Program, actor: User, version: int) -> Program:
    """Open a draft that is as this version was; each exercise is judged by what is known today."""
    issued = program.prescriptions.filter(version=version).first()
    if issued is None:
        raise Refused("There is no such version.")
    if not issued.draft:
        raise Refused("What this version was made from was not kept. It prints as it did.")
    amend(program=program, actor=actor)
    with changing(program, actor) as locked:
        restore(locked, issued)
        proposed = carried_review(locked)
        locked.review_on = proposed.day if proposed else None
        record(actor, "program.version.restore", locked, version=version)
    return locked
