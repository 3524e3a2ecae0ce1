"""What every change of a program shares: the lock, the refusals, the trail."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from clinic import audit
from clinic.audit import last_change
from clinic.models import User
from clinic.outcomes import Refused, Stale
from programs.prescriptions.models import Program, ProgramItem


@contextmanager
def changing(program: Program, actor: User) -> Iterator[Program]:
    """Lock the program row, hand it over fresh, and count the change in its revision.

    Raises :class:`Refused` where the program is no draft.
    """
    with transaction.atomic():
        locked = lock(program)
        if not locked.draft_open:
            raise Refused(
                "This program has ended."
                if locked.ended_at
                else "This program has been issued. Choose Amend to change it."
            )
        yield locked
        touch(locked, actor)


def lock(program: Program) -> Program:
    """The program as it is now, locked until the transaction ends.

    Joined only along what never changes: where somebody else writes another ``changed_by`` while
    this waits for the lock, PostgreSQL finds that the row no longer fits the join, and drops it.
    """
    return (
        Program.objects.select_for_update(of=("self",))
        .select_related("case__practice", "case__patient")
        .get(pk=program.pk)
    )


def touch(program: Program, actor: User) -> None:
    """Write the program with one more revision, changed by ``actor`` now."""
    program.revision += 1
    program.changed_by = actor
    program.save()


def item_of(program: Program, item_id: Any, *, removed: bool = False) -> ProgramItem:
    """The item, active or removed; :class:`Refused` where it is not, or no longer, there."""
    item = program.items.filter(pk=item_id, removed_at__isnull=not removed).first()
    if item is None:
        raise Refused(
            "This exercise is not among the removed ones."
            if removed
            else "This exercise has been removed from the program."
        )
    item.program = program
    return item


def fingerprint(value: ProgramItem | Program) -> str:
    """A short digest of what a form edits; a different one means somebody changed it."""
    if isinstance(value, ProgramItem):
        parts: list[Any] = [value.side, value.dosage, value.note, value.modification]
    else:
        parts = [value.title, value.note, value.review_on and value.review_on.isoformat()]
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def check_fresh(value: ProgramItem | Program, seen: str) -> None:
    """Raise :class:`Stale` unless ``seen`` is the fingerprint the thing still has."""
    if seen != fingerprint(value):
        who, when = last_change(value)
        raise Stale(who, when)


def record(actor: User, action: str, target: Program | ProgramItem, **details: Any) -> None:
    """One entry in the audit trail of the program's practice: codes and numbers only."""
    if isinstance(target, ProgramItem):
        record_items(actor, action, [(target, details)])
        return
    practice = target.case.practice
    audit.record(practice=practice, actor=actor, action=action, target=target, **details)


def record_items(
    actor: User, action: str, rows: Sequence[tuple[ProgramItem, Mapping[str, Any]]]
) -> None:
    """The same of several exercises of one program, each with its own details, in one statement."""
    if not rows:
        return
    program = rows[0][0].program
    said = {"program": str(program.pk)}
    audit.record_each(
        practice=program.case.practice,
        actor=actor,
        action=action,
        targets=[(row, {**details, **said}) for row, details in rows],
    )
