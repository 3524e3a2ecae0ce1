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
class Arrival:
    """An entry that comes into a program. ``dose``: the dose and the name of its preset.

    Without a ``dose`` it is the entry's first.
    """

    definition: Definition
    exercise_id: int
    side: str
    dose: tuple[Dosage, str] | None = None
    note: str = ""


def insert(program: Program, actor: User, arrivals: Sequence[Arrival]) -> list[ProgramItem]:
    """New rows, each behind what has the same purpose or an earlier one.

    As many statements however many there are.
    """
    made = _placed(program, [_row_of(program, arrival) for arrival in arrivals])
    ProgramItem.objects.bulk_create(made)
    said = [
        (row, {"exercise": arrival.definition.slug, "side": arrival.side})
        for row, arrival in zip(made, arrivals, strict=True)
    ]
    record_items(actor, "program.item.add", said)
    return made


def _row_of(program: Program, arrival: Arrival) -> tuple[ProgramItem, int]:
    """The row, and the rank of its purpose."""
    presets = arrival.definition.presets
    first = (presets[0].dosage, presets[0].label) if presets else (Dosage(), "")
    dosage, label = arrival.dose or first
    row = ProgramItem(
        program=program,
        exercise_id=arrival.exercise_id,
        side=arrival.side,
        dosage=dosage.to_dict(),
        preset=label,
        note=arrival.note,
    )
    return row, PURPOSE_ORDER[arrival.definition.traits.phase]


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
