"""New exercises in a draft, each at the place of its purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.models import User
from programs.builder.actions.base import record_items
from programs.exercises.definition import Definition
from programs.exercises.dosage import Dosage
from programs.prescriptions.models import Program, ProgramItem
from programs.verdicts.judgement import PURPOSE_ORDER


@dataclass(frozen=True, slots=True)
class ComingItem:
    """An entry that comes into a program. ``dose``: the dose and the name of its preset.

    Without a ``dose`` it is the entry's first.
    """

    definition: Definition
    exercise_id: int
    side: str
    dose: tuple[Dosage, str] | None = None
    note: str = ""


def insert(program: Program, actor: User, coming: Sequence[ComingItem]) -> list[ProgramItem]:
    """New rows, each behind what has the same purpose or an earlier one.

    As many statements however many there are.
    """
    made = _placed(program, [_row_of(program, one) for one in coming])
    ProgramItem.objects.bulk_create(made)
    said = [
        (row, {"exercise": one.definition.slug, "side": one.side})
        for row, one in zip(made, coming, strict=True)
    ]
    record_items(actor, "program.item.add", said)
    return made


def _row_of(program: Program, one: ComingItem) -> tuple[ProgramItem, int]:
    """The row, and the rank of its purpose."""
    presets = one.definition.presets
    first = (presets[0].dosage, presets[0].label) if presets else (Dosage(), "")
    dosage, label = one.dose or first
    row = ProgramItem(
        program=program,
        exercise_id=one.exercise_id,
        side=one.side,
        dosage=dosage.to_dict(),
        preset=label,
        note=one.note,
    )
    return row, PURPOSE_ORDER[one.definition.traits.phase]


def _placed(program: Program, coming: Sequence[tuple[ProgramItem, int]]) -> list[ProgramItem]:
    """Give each its place; what stands there, removed rows as well, moves on."""
    rows = program.items.select_related("exercise").only(
        "practice", "program", "position", "removed_at", "exercise__phase"
    )
    here = [(row, PURPOSE_ORDER[row.exercise.phase]) for row in rows]
    before = {row.pk: row.position for row, _ in here}
    for row, rank in coming:
        active = [(one.position, its) for one, its in here if one.removed_at is None]
        place = max((at for at, its in active if its <= rank), default=0) + 1
        if any(at >= place for at, _ in active):
            for one, _ in here:
                one.position += one.position >= place
        row.position = place
        here.append((row, rank))
    moved = [row for row, _ in here if row.position != before.get(row.pk, row.position)]
    ProgramItem.objects.bulk_update(moved, ["position"])
    return [row for row, _ in coming]
