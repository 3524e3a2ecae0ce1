"""Adding, changing, ordering, removing and putting back the exercises of a draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone

from clinic.models import User
from clinic.outcomes import Refused
from programs.builder.actions.arrivals import ComingItem, insert
from programs.builder.actions.base import changing, check_fresh, item_of, record, record_items
from programs.builder.actions.decisions import make_override
from programs.exercises.definition import Definition
from programs.exercises.dosage import Dosage
from programs.exercises.theirs.uses import USUAL, usual_dose
from programs.prescriptions.models import Program, ProgramItem
from programs.rules.engine import Assessment
from programs.verdicts.judgement import Judgement, judge_program
from programs.verdicts.standing import NEEDS_OVERRIDE, Refusal, can_add

MOST_ITEMS = 60
"""More rows than any program has; a limit against a runaway script."""


def add_exercise(
    *,
    program: Program,
    actor: User,
    exercise_id: int,
    side: str,
    override: Mapping[str, Any] | None = None,
) -> ProgramItem:
    """Add an entry of the catalogue with the clinician's usual dose, else its first preset.

    ``override``: ``reason`` and ``expires_on``, for what is not for this patient. Raises
    :class:`Refused` where the rules or the program forbid it.
    """
    with changing(program, actor) as locked:
        judgement = judge_program(locked)
        definition, assessment = entry_of(judgement, exercise_id, side)
        refuse_what_may_not_come(judgement, definition, assessment, overridden=override is not None)
        refuse_twice(judgement, exercise_id, side)
        practice = judgement.case.practice
        usual = usual_dose(practice=practice, clinician=actor, exercise_id=exercise_id)
        dose = (usual, USUAL) if usual else None
        (item,) = insert(locked, actor, [ComingItem(definition, exercise_id, side, dose)])
        if override is not None and assessment.verdict == NEEDS_OVERRIDE:
            make_override(item, actor, judgement, assessment, **override)
    return item


def entry_of(judgement: Judgement, exercise_id: int, side: str) -> tuple[Definition, Assessment]:
    """An entry with its verdict for this side; :class:`Refused` where there is no such."""
    definition = judgement.library.by_id.get(exercise_id)
    if definition is None or definition.slug not in judgement.library.current:
        raise Refused("This exercise is not in the catalogue any more.")
    for assessment in judgement.assessments(definition.slug):
        if assessment.side == side:
            return definition, assessment
    words = "Choose left or right." if definition.traits.sided else "This exercise has no sides."
    raise Refused(words, "side")


def refuse_what_may_not_come(
    judgement: Judgement, definition: Definition, assessment: Assessment, *, overridden: bool
) -> None:
    """Refuse what the rules, or a red flag, keep out of the program."""
    refusal = can_add(
        verdict=assessment.verdict,
        prescribable=definition.prescribable,
        stopped=judgement.stopped,
        overridden=overridden,
    )
    if refusal is not None:
        field = "reason" if refusal is Refusal.OVERRIDE_NEEDED else ""
        raise Refused(str(refusal), field)


def refuse_twice(judgement: Judgement, exercise_id: int, side: str) -> None:
    """Refuse what is in the program already, and a program without end."""
    if (exercise_id, side) in judgement.there:
        raise Refused("This exercise is already in the program for that side.", "side")
    if len(judgement.items) >= MOST_ITEMS:
        raise Refused(f"A program holds at most {MOST_ITEMS} exercises.")


def save_item(
    *,
    program: Program,
    actor: User,
    item_id: Any,
    seen: str,
    dosage: Dosage,
    note: str,
    side: str,
) -> ProgramItem:
    """Write dose, side and note; :class:`Stale` where this item changed since ``seen``.

    A new side is a new question to the rules, so what was accepted for the old one is forgotten.
    """
    with changing(program, actor) as locked:
        item = item_of(locked, item_id)
        check_fresh(item, seen)
        changed = []
        if side != item.side:
            _change_side(locked, item, side)
            changed.append("side")
        if dosage.to_dict() != item.dosage:
            item.dosage, item.preset = dosage.to_dict(), ""
            changed.append("dosage")
        if note != item.note:
            item.note = note
            changed.append("note")
        if changed:
            item.save()
            record(actor, "program.item.change", item, fields=changed)
    return item


def _change_side(program: Program, item: ProgramItem, side: str) -> None:
    judgement = judge_program(program)
    _, assessment = entry_of(judgement, item.exercise_id, side)
    refuse_twice(judgement, item.exercise_id, side)
    if assessment.verdict == NEEDS_OVERRIDE:
        raise Refused(
            "That side is not for this patient. Add it from the catalogue with an override.", "side"
        )
    item.side, item.acknowledged, item.modification = side, [], ""
    item.acknowledged_by = item.acknowledged_at = None


def apply_preset(
    *,
    program: Program,
    actor: User,
    item_id: Any,
    number: int,
    seen: str,
    note: str,
    side: str,
) -> ProgramItem:
    """Take over a source's dose; side and note become what was typed beside it."""
    with changing(program, actor) as locked:
        item = item_of(locked, item_id)
        check_fresh(item, seen)
        definition = judge_definition(locked, item)
        if not 0 <= number < len(definition.presets):
            raise Refused("This dose is not in the catalogue any more.")
        chosen = definition.presets[number]
        if side != item.side:
            _change_side(locked, item, side)
        item.dosage, item.preset, item.note = chosen.dosage.to_dict(), chosen.label, note
        item.save()
        record(actor, "program.item.preset", item, preset=number)
    return item


def judge_definition(program: Program, item: ProgramItem) -> Definition:
    """The catalogue entry of an item; :class:`Refused` where it has left the catalogue."""
    for judged in judge_program(program).items:
        if judged.item.pk == item.pk and judged.definition is not None:
            return judged.definition
    raise Refused("This exercise is not in the catalogue any more. Remove it.")


def remove_item(*, program: Program, actor: User, item_id: Any) -> ProgramItem:
    """Take an exercise out; the row is kept so that it can be put back."""
    with changing(program, actor) as locked:
        item = item_of(locked, item_id)
        item.removed_at = timezone.now()
        item.save(update_fields=["removed_at"])
        record(actor, "program.item.remove", item)
    return item


def remove_items(*, program: Program, actor: User, item_ids: Collection[str]) -> int:
    """Take several exercises out in one step; how many were there. Each can be put back."""
    with changing(program, actor) as locked:
        wanted = [row for row in locked.items.active() if str(row.pk) in item_ids]
        for row in wanted:
            row.program, row.removed_at = locked, timezone.now()
        record_items(actor, "program.item.remove", [(row, {}) for row in wanted])
        ProgramItem.objects.bulk_update(wanted, ["removed_at"])
    return len(wanted)


def restore_item(*, program: Program, actor: User, item_id: Any) -> ProgramItem:
    """Put a removed exercise back where it was, with its dose, note and decisions."""
    with changing(program, actor) as locked:
        item = item_of(locked, item_id, removed=True)
        again = locked.items.active().filter(exercise_id=item.exercise_id, side=item.side)
        if again.exists():
            raise Refused("This exercise is in the program again already.")
        item.removed_at = None
        item.save(update_fields=["removed_at"])
        record(actor, "program.item.restore", item)
    return item


def move_item(*, program: Program, actor: User, item_id: Any, up: bool) -> bool:
    """Swap an exercise with its neighbour; false where there is none."""
    with changing(program, actor) as locked:
        item = item_of(locked, item_id)
        order = _order(locked)
        at = order.index(str(item.pk))
        to = at - 1 if up else at + 1
        moved = 0 <= to < len(order)
        if moved:
            order[at], order[to] = order[to], order[at]
            _write_order(locked, order)
            record(actor, "program.item.move", item, up=up)
    return moved


def reorder(*, program: Program, actor: User, order: Sequence[str]) -> None:
    """Bring the items into this order. Unknown ids are ignored; what is not named stays behind."""
    with changing(program, actor) as locked:
        now = _order(locked)
        wanted = [pk for pk in dict.fromkeys(order) if pk in now]
        _write_order(locked, wanted + [pk for pk in now if pk not in wanted])
        record(actor, "program.reorder", locked)


def _order(program: Program) -> list[str]:
    """Ids of the active items as they are printed."""
    return [str(pk) for pk in program.items.active().values_list("pk", flat=True)]


def _write_order(program: Program, order: Sequence[str]) -> None:
    rows = {str(row.pk): row for row in program.items.active()}
    for place, pk in enumerate(order, start=1):
        rows[pk].position = place
    ProgramItem.objects.bulk_update(rows.values(), ["position"])
