"""Opening, amending, discarding and ending a program, and its title, note and review day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from clinic.models import User
from clinic.outcomes import Refused
from patients.identity.regions import region_of
from patients.models import Case, CaseResponse, CaseReview
from programs.builder.actions.base import changing, check_fresh, lock, record, touch
from programs.builder.reviewing import carried_review, needs_review_day
from programs.exercises.models import Exercise
from programs.prescriptions.models import IssuedPrescription, Program, ProgramItem
from programs.prescriptions.spelling import default_title
from programs.sessions import responses
from programs.verdicts.judgement import PURPOSE_ORDER

ITEM_FIELDS = (
    "exercise_id",
    "position",
    "side",
    "dosage",
    "preset",
    "note",
    "acknowledged",
    "modification",
)


@transaction.atomic
def create_program(*, case: Case, actor: User) -> tuple[Program, bool]:
    """The case's open program and whether it is new: a case has one at a time.

    Raises :class:`Refused` for a closed case or an archived patient.
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("patient").get(pk=case.pk)
    standing = locked.programs.filter(ended_at=None).first()
    if standing is not None:
        return standing, False
    refuse_put_away(locked)
    program = Program.objects.create(
        case=case,
        title=default_title(region_of(case.practice.time_zone)),
        created_by=actor,
        changed_by=actor,
    )
    record(actor, "program.create", program)
    return program, True


def refuse_put_away(case: Case) -> None:
    """Raise :class:`Refused` where the case is closed or its patient archived."""
    if case.closed_at is not None:
        raise Refused("This case is closed. Reopen it to prescribe.")
    if case.patient.archived_at is not None:
        raise Refused("This patient is archived. Bring the record back to prescribe.")


def change_details(
    *, program: Program, actor: User, seen: str, title: str, note: str, review_on: dt.date | None
) -> Program:
    """Write title, note and review day; :class:`Stale` where they changed since ``seen``."""
    with changing(program, actor) as locked:
        check_fresh(locked, seen)
        locked.title, locked.note, locked.review_on = title, note, review_on
        record(actor, "program.details", locked)
    return locked


@transaction.atomic
def amend(*, program: Program, actor: User) -> Program:
    """Open a working copy of what the patient has; twice is once."""
    locked = lock(program)
    if locked.ended_at is not None:
        raise Refused("This program has ended. Start a new one from the case.")
    if locked.draft_open:
        return locked
    refuse_put_away(locked.case)
    locked.draft_open = True
    if locked.review_on is not None and needs_review_day(locked):
        # The day that was printed has come: the next version needs another.
        proposed = carried_review(locked)
        locked.review_on = proposed.day if proposed else None
    touch(locked, actor)
    record(actor, "program.amend", locked)
    return locked


@transaction.atomic
def put_off_review(*, program: Program, actor: User, day: dt.date) -> Program:
    """What the patient has goes on, and is looked at again on ``day``.

    :class:`Refused` while a draft is open: its review day is the draft's.
    """
    locked = lock(program)
    if locked.ended_at is not None:
        raise Refused("This program has ended. Start a new one from the case.")
    if locked.draft_open:
        raise Refused("A draft is open. Issue or discard it first, or choose to change it.")
    locked.review_on = day
    touch(locked, actor)
    record(actor, "program.review", locked, review_on=day)
    return locked


@transaction.atomic
def discard(*, program: Program, actor: User) -> Program:
    """Throw the working copy away.

    What was issued stays as it is and the copy goes back to it. A program that was never issued
    ends. Removed rows are kept, so that nothing is lost from the record.
    """
    locked = lock(program)
    if not locked.draft_open:
        return locked
    latest = locked.prescriptions.first()
    locked.draft_open = False
    if latest is None:
        locked.ended_at = timezone.now()
    else:
        restore(locked, latest)
        locked.review_on = _put_off_to(locked, latest) or locked.review_on
    touch(locked, actor)
    record(actor, "program.discard", locked, version=latest.version if latest else 0)
    return locked


def _put_off_to(program: Program, issued: IssuedPrescription) -> dt.date | None:
    """The day that a review since this version was issued put the next one off to."""
    since = CaseReview.objects.filter(case=program.case_id, at__gte=issued.issued_at)
    return since.filter(next_on__isnull=False).values_list("next_on", flat=True).first()


@transaction.atomic
def end_program(*, program: Program, actor: User) -> Program:
    """End the program: the patient no longer has it, the record keeps it. Twice is once."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=program.case_id)
    locked = lock(program)
    if locked.ended_at is not None:
        return locked
    if locked.draft_open:
        latest = locked.prescriptions.first()
        if latest is not None:
            restore(locked, latest)
    locked.draft_open = False
    locked.ended_at = timezone.now()
    touch(locked, actor)
    record(actor, "program.end", locked)
    if CaseResponse.objects.filter(case=case).exclude(computed_at=None).exists():
        responses.refresh(case)
    return locked


def snapshot(program: Program) -> dict[str, Any]:
    """The working copy as plain data, kept with what is issued from it."""
    return {
        "title": program.title,
        "note": program.note,
        "review_on": program.review_on and program.review_on.isoformat(),
        "order": "free",
        **({"plan": program.plan, "phase": program.phase} if program.phase else {}),
        "items": [
            {"id": str(item.pk), **{name: getattr(item, name) for name in ITEM_FIELDS}}
            for item in program.items.active()
        ],
    }


def restore(program: Program, issued: IssuedPrescription) -> None:
    """Bring the working copy back to what it was when this version was issued."""
    draft = issued.draft
    program.title, program.note = draft["title"], draft["note"]
    program.plan, program.phase = draft.get("plan", {}), draft.get("phase", 0)
    day = draft["review_on"]
    program.review_on = dt.date.fromisoformat(day) if day else None
    program.items.active().update(removed_at=timezone.now())
    rows = {str(row.pk): row for row in program.items.all()}
    restored = []
    for kept in in_order(draft):
        row = rows[kept["id"]]
        for name in ITEM_FIELDS:
            setattr(row, name, kept[name])
        row.removed_at = None
        restored.append(row)
    ProgramItem.objects.bulk_update(
        restored, [f for f in (*ITEM_FIELDS, "removed_at") if f != "exercise_id"]
    )


def in_order(draft: dict[str, Any]) -> list[dict[str, Any]]:
    """The exercises of a kept draft as they were printed.

    Before the order was free they were printed by purpose, whatever position they had.
    """
    rows: list[dict[str, Any]] = draft["items"]
    if draft.get("order") == "free":
        return rows
    wanted = [row["exercise_id"] for row in rows]
    phases = dict(Exercise.objects.filter(pk__in=wanted).values_list("pk", "phase"))
    rows = sorted(
        rows, key=lambda row: (PURPOSE_ORDER[phases[row["exercise_id"]]], row["position"])
    )
    return [{**row, "position": at} for at, row in enumerate(rows, start=1)]
