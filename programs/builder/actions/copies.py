"""Starting anew from a program that has ended."""

from __future__ import annotations

from django.db import transaction

from clinic.models import User
from programs.builder.actions.base import record
from programs.builder.actions.drafts import create_program
from programs.builder.reviewing import proposed_review
from programs.exercises.library import library_for
from programs.prescriptions.models import Program, ProgramItem


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
    proposed = proposed_review(made)
    made.review_on = proposed.day if proposed else None
    made.save(update_fields=["title", "note", "review_on", "changed_at"])
    record(actor, "program.copy", made, source=str(source.pk), items=len(rows))
    return made, True
