"""What a clinician decides about a verdict: accept it, or prescribe against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from clinic.models import User
from clinic.outcomes import Refused
from programs.builder.actions.base import changing, item_of, record
from programs.exercises.definition import Definition
from programs.prescriptions.models import Override, OverrideRevocation, Program, ProgramItem
from programs.rules.engine import Assessment
from programs.verdicts.judgement import Judgement, judge_program
from programs.verdicts.standing import (
    LONGEST_OVERRIDE_DAYS,
    NEEDS_ACCEPTANCE,
    NEEDS_OVERRIDE,
    SHORTEST_REASON,
    Refusal,
    decision_key,
)


def acknowledge(
    *, program: Program, actor: User, item_id: Any, keys: Iterable[str], modification: str
) -> ProgramItem:
    """Accept the cautions and adaptations that were shown.

    ``keys``: the decisions on the page. A reason that changed meanwhile is not among them and is
    asked again. ``modification``: the adaptation to print; needed where the rules ask for one.
    """
    with changing(program, actor) as locked:
        item = item_of(locked, item_id)
        _, assessment = _judged(judge_program(locked), item)
        current = {decision_key(r): r for r in assessment.reasons if r.verdict in NEEDS_ACCEPTANCE}
        shown = [key for key in dict.fromkeys(keys) if key in current]
        if not shown:
            raise Refused("The rules say something else now. Read it again and decide.")
        kept = [key for key in item.acknowledged if key in current and key not in shown]
        item.acknowledged = sorted(kept + shown)
        if any(current[key].verdict == "adapt" for key in item.acknowledged):
            if not modification.strip():
                raise Refused("Say how the exercise is changed. It is printed.", "modification")
            item.modification = modification.strip()
        item.acknowledged_by, item.acknowledged_at = actor, timezone.now()
        item.save()
        record(actor, "program.item.accept", item, rules=[current[k].key for k in shown])
    return item


def acknowledge_many(*, program: Program, actor: User, wanted: Mapping[str, Iterable[str]]) -> int:
    """Accept cautions of several exercises in one go; how many exercises.

    ``wanted``: item → the decisions that were shown of it. Each exercise has its own entry in the
    record. A change to an exercise is not among them: its words are printed, and asked one by one.
    """
    with changing(program, actor) as locked:
        done = []
        for judged in judge_program(locked).items:
            shown = set(wanted.get(str(judged.item.pk), ()))
            current = {decision_key(r): r for r in judged.standing.to_accept}
            new = [k for k, r in current.items() if k in shown and r.verdict == "caution"]
            if not new:
                continue
            item = judged.item
            item.acknowledged = sorted({*item.acknowledged, *new})
            item.acknowledged_by, item.acknowledged_at = actor, timezone.now()
            record(actor, "program.item.accept", item, rules=[current[k].key for k in new])
            done.append(item)
        if not done:
            raise Refused("The rules say something else now. Read it again and decide.")
        fields = ["acknowledged", "acknowledged_by", "acknowledged_at"]
        ProgramItem.objects.bulk_update(done, fields)
    return len(done)


def override_item(
    *,
    program: Program,
    actor: User,
    item_id: Any,
    keys: Iterable[str],
    reason: str,
    expires_on: dt.date,
) -> Override:
    """Prescribe an item of the draft against the rules that were shown.

    ``expires_on`` is the last day it counts. Raises :class:`Refused` while a red flag stops the
    case, for what is never prescribed, and where the rules changed since the page was loaded.
    """
    with changing(program, actor) as locked:
        judgement = judge_program(locked)
        item = item_of(locked, item_id)
        definition, assessment = _judged(judgement, item)
        if not definition.prescribable:
            raise Refused(str(Refusal.NEVER_PRESCRIBED))
        return make_override(
            item,
            actor,
            judgement,
            assessment,
            reason=reason,
            expires_on=expires_on,
            keys=frozenset(keys),
        )


def make_override(
    item: ProgramItem,
    actor: User,
    judgement: Judgement,
    assessment: Assessment,
    *,
    reason: str,
    expires_on: dt.date,
    keys: frozenset[str] | None = None,
) -> Override:
    """Write the override inside the caller's transaction; see :func:`override_item`.

    Without ``keys`` it is about everything that forbids the exercise.
    """
    if judgement.stopped:
        raise Refused(str(Refusal.STOPPED))
    check_reason(reason)
    check_expiry(expires_on, judgement.today)
    current = {decision_key(r): r for r in assessment.reasons}
    forbidding = {k for k, r in current.items() if r.verdict == NEEDS_OVERRIDE}
    chosen = forbidding if keys is None else {k for k in keys if k in current}
    chosen = {k for k in chosen if current[k].verdict in (NEEDS_OVERRIDE, "adapt")}
    if not chosen or not forbidding <= chosen:
        raise Refused("The rules say something else now. Read it again and decide.")
    override = Override.objects.create(
        item=item,
        rules=sorted(chosen),
        side=item.side,
        reason=reason.strip(),
        made_by=actor,
        made_on=judgement.today,
        expires_on=expires_on,
    )
    record(
        actor,
        "program.item.override",
        item,
        rules=sorted(current[k].key for k in chosen),
        expires_on=expires_on,
    )
    return override


def check_reason(reason: str) -> None:
    """Raise :class:`Refused` for a reason too short to mean anything."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(f"Write at least {SHORTEST_REASON} characters.", "reason")


def check_expiry(day: dt.date, today: dt.date) -> None:
    """Raise :class:`Refused` for a last day that is not after today or more than a year away."""
    if day <= today:
        raise Refused("Choose a day after today.", "expires_on")
    if day > today + dt.timedelta(days=LONGEST_OVERRIDE_DAYS):
        raise Refused("Choose a day within a year from today.", "expires_on")


def revoke_override(*, program: Program, actor: User, item_id: Any) -> ProgramItem:
    """Take back every standing override of an item; the rows stay in the record."""
    with changing(program, actor) as locked:
        item = item_of(locked, item_id)
        standing = list(item.overrides.standing())
        if not standing:
            raise Refused("There is no override to take back.")
        OverrideRevocation.objects.bulk_create(
            OverrideRevocation(override=override, revoked_by=actor) for override in standing
        )
        record(actor, "program.item.revoke", item)
    return item


def _judged(judgement: Judgement, item: ProgramItem) -> tuple[Definition, Assessment]:
    for judged in judgement.items:
        if judged.item.pk == item.pk and judged.definition and judged.assessment:
            return judged.definition, judged.assessment
    raise Refused("This exercise is not in the catalogue any more. Remove it.")
