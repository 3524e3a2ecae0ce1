"""Going on to the next phase of a plan, staying in this one, and leaving the plan."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from clinic.models import User
from clinic.outcomes import Refused
from programs.builder.actions.arrivals import ComingItem, insert
from programs.builder.actions.base import changing, lock, record, record_items, touch
from programs.builder.actions.drafts import amend
from programs.builder.actions.next_phase import Pair, PhaseStep, next_step
from programs.builder.actions.starters import Applied
from programs.prescriptions.models import Program, ProgramItem

_OPEN = "A draft is open. Issue or discard it first."
_NONE = "No further phase follows in this plan."


@transaction.atomic
def take_phase(*, program: Program, actor: User, number: int) -> Applied:
    """Open a draft that is phase ``number`` of the plan, as far as the rules allow. Twice is once.

    :class:`Refused` where another draft is open, or another phase comes next.
    """
    held = lock(program)
    if held.draft_open and held.phase == number:
        return Applied(f"Phase {number}")
    if held.draft_open:
        raise Refused(_OPEN)
    amend(program=held, actor=actor)
    with changing(program, actor) as locked:
        step = next_step(locked)
        if step is None or step.number != number:
            raise Refused(_NONE)
        applied = _applied(step)
        _let_go(locked, actor, step)
        _change_doses(actor, locked, step)
        coming = [
            ComingItem(one.definition, one.exercise_id, one.side, (one.dose, one.preset), one.note)
            for one in step.comes
        ]
        applied.items += [str(made.pk) for made in insert(locked, actor, coming)]
        _put_in_order(locked, step.order)
        locked.phase = number
        record(
            actor,
            "program.phase",
            locked,
            phase=number,
            added=len(step.comes),
            removed=len(step.goes),
            left_out=len(step.left_out),
        )
    return applied


def _applied(step: PhaseStep) -> Applied:
    changed = [f"{one.named}: {one.dose.words}." for one in step.stays if one.dose is not None]
    if step.goes:
        changed.insert(0, f"Out: {', '.join(one.named for one in step.goes)}.")
    return Applied(
        f"Phase {step.number} of “{step.name}”",
        added=[one.named for one in step.comes],
        present=[one.named for one in step.stays],
        left_out=step.left_out,
        changed=changed,
    )


def _let_go(program: Program, actor: User, step: PhaseStep) -> None:
    rows = [one.judged.item for one in step.goes]
    for row in rows:
        row.program, row.removed_at = program, timezone.now()
    record_items(actor, "program.item.remove", [(row, {}) for row in rows])
    ProgramItem.objects.bulk_update(rows, ["removed_at"])


def _change_doses(actor: User, program: Program, step: PhaseStep) -> None:
    rows = []
    for one in step.stays:
        if one.dose is not None:
            row = one.judged.item
            row.program, row.dosage, row.preset = program, one.dose.to_dict(), one.preset
            rows.append(row)
    record_items(actor, "program.item.change", [(row, {"fields": ["dosage"]}) for row in rows])
    ProgramItem.objects.bulk_update(rows, ["dosage", "preset"])


def _put_in_order(program: Program, order: list[Pair]) -> None:
    """As the phase has them; what is not of the plan stands behind."""
    place = {pair: at for at, pair in enumerate(order)}
    rows = list(program.items.active().select_related("exercise").defer("exercise__data"))
    rows.sort(key=lambda row: place.get((row.exercise.slug, row.side), len(place)))
    for at, row in enumerate(rows, start=1):
        row.position = at
    ProgramItem.objects.bulk_update(rows, ["position"])


@transaction.atomic
def put_off_phase(*, program: Program, actor: User, day: dt.date | None) -> Program:
    """What the patient has goes on; the next phase is proposed on ``day``, or not again."""
    locked = lock(program)
    if locked.ended_at is not None:
        raise Refused("This program has ended.")
    if locked.draft_open:
        raise Refused(_OPEN)
    if not locked.phase:
        raise Refused(_NONE)
    locked.next_phase_on = day
    touch(locked, actor)
    record(actor, "program.phase.stay", locked, phase=locked.phase, until=day)
    return locked


def leave_plan(*, program: Program, actor: User) -> Program:
    """From the next version on, the program is in no phase. The exercises stay."""
    with changing(program, actor) as locked:
        if locked.phase:
            record(actor, "program.phase.leave", locked, phase=locked.phase)
            locked.plan, locked.phase = {}, 0
    return locked
