"""What a clinician does about what a patient reported: one transaction each, audited.

The case is locked before the alert, as when a log is stored, so that nobody waits in a circle.
After each, the case is judged again, so that the patient's page follows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clinic import audit
from clinic.models import User
from clinic.outcomes import Refused
from patients.inbox import actions as inbox_actions
from patients.models import Alert, Case, ResponseMark
from patients.record.actions import change_case
from patients.response.facts import Urgency
from patients.response.situations import SITUATIONS
from programs.builder.actions.base import fingerprint, lock
from programs.builder.actions.drafts import amend
from programs.builder.actions.items import remove_item, save_item
from programs.exercises.easing import eased
from programs.followup.alerts.steps import CLEARABLE_SIGNS, program_of
from programs.prescriptions.models import Program, ProgramItem
from programs.sessions import opening, responses
from programs.sessions.prescribed import SESSION_KINDS

MOST_NOTE: Final = 2000


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a proposal. ``by``: who had dealt with it before, and nothing was changed."""

    said: str
    program: Program | None = None
    by: User | None = None


@transaction.atomic
def apply_proposal(*, alert: Alert, actor: User, revision: int) -> Done:
    """Carry out a proposal that needs one press, and acknowledge it with what was done.

    ``revision`` is the case's when the page was loaded: ``patients.record.merge.Conflict`` where
    somebody recorded another preference since. Twice is once. Raises :class:`Refused` where it
    cannot be done, and :class:`KeyError` for a proposal that needs more than a press.
    """
    opening.lock(alert.case)
    row = inbox_actions.locked(alert, actor)
    if not row.is_open:
        return Done(row.note, by=row.acknowledged_by)
    if row.ended_at is not None:
        raise Refused("This does not hold any more. Acknowledge it with a note.")
    done = _APPLY[row.code](row, actor, revision)
    answered = [row, *_answered_with(row)]
    inbox_actions.acknowledge_together(alerts=answered, actor=actor, note=done.said[:MOST_NOTE])
    responses.refresh(row.case)
    return done


def _answered_with(row: Alert) -> list[Alert]:
    """Alerts of the same event and the same rule, which this proposal answers; no urgent one."""
    others = Alert.objects.beside(row).open().filter(kind=Alert.ALERT, rules__overlap=row.rules)
    return list(others.filter(rank__gt=Alert.RANKS[Urgency.SAME_DAY.value]))


def _set_preference(alert: Alert, actor: User, revision: int) -> Done:
    way = alert.code.removeprefix("set_preference_")
    case = alert.case
    facts = {
        "directional_preference": way,
        "preference_recorded_by": [actor.pk, str(actor)],
        "preference_recorded_on": case.today().isoformat(),
    }
    change_case(case=case, actor=actor, seen=revision, facts=facts)
    return Done(f"Recorded {way} as the directional preference.")


def _drop_exercise(alert: Alert, actor: User, revision: int) -> Done:
    program = _draft(alert.case, actor)
    item = program.items.active().filter(pk=alert.item).select_related("exercise").first()
    if item is None:
        raise Refused("This exercise is not in the program any more.")
    remove_item(program=program, actor=actor, item_id=item.pk)
    said = f"Extension is not tolerated for now: took {item.exercise.name} out of the draft."
    instead = [str(i) for i in alert.facts.get("flexion_items", [])]
    names = _names(program.items.active().filter(pk__in=instead).select_related("exercise"))
    return Done(f"{said} Go on with {names}." if names else said, program)


def _ease_dose(alert: Alert, actor: User, revision: int) -> Done:
    program = _draft(alert.case, actor)
    changed = []
    rows = program.items.active().select_related("exercise")
    for item in rows.filter(exercise__kind__in=SESSION_KINDS):
        lower = eased(item.dose())
        if lower is None:
            continue
        save_item(
            program=program,
            actor=actor,
            item_id=item.pk,
            seen=fingerprint(item),
            dosage=lower,
            note=item.note,
            side=item.side,
        )
        changed.append(f"{item.exercise.name} ({lower.amount_words})")
    if not changed:
        raise Refused("No dose of this program can go lower. Take an exercise out instead.")
    return Done(f"Eased the dose by one step in the draft: {', '.join(changed)}.", program)


_APPLY: Final[Mapping[str, Callable[[Alert, User, int], Done]]] = MappingProxyType(
    {
        "set_preference_extension": _set_preference,
        "set_preference_flexion": _set_preference,
        "extension_not_tolerated": _drop_exercise,
        "ease_dose": _ease_dose,
    }
)


def _draft(case: Case, actor: User) -> Program:
    """The case's program with its draft open; what the patient has does not change."""
    program = program_of(case)
    if program is None:
        raise Refused("This case has no program that runs.")
    return lock(amend(program=program, actor=actor))


def _names(items: Iterable[ProgramItem]) -> str:
    return ", ".join(item.exercise.name for item in items)


@transaction.atomic
def clear_sign(*, case: Case, actor: User, code: str, note: str) -> bool:
    """Record that a sign has been looked into; False where nothing of it stands (any more).

    ``code``: one of ``CLEARABLE_SIGNS``, or a red flag that does not stop the case. Alerts about it
    are acknowledged with the same note.
    """
    _check_member(case, actor)
    kept = responses.refresh(case)
    if code not in {_cleared_by(row) for row in kept.answer["alerts"]}:
        return False
    _mark(case, actor, ResponseMark.CLEARED, code, note)
    seen = {SITUATIONS[situation].seen for situation in CLEARABLE_SIGNS.get(code, ())}
    rows = [
        row
        for row in case.alerts.open().filter(code__in=[code, "red_flag", "screen_red_flags"])
        if row.facts.get("red_flag", row.code) == code
        or (row.code == "screen_red_flags" and row.facts.get("seen") in seen)
    ]
    inbox_actions.acknowledge_together(alerts=rows, actor=actor, note=note)
    responses.refresh(case)
    return True


def _cleared_by(alert: Mapping[str, Any]) -> str:
    """The code that clears an alert of a kept answer: of a red flag its own."""
    return str(alert["facts"].get("red_flag", alert["code"]))


@transaction.atomic
def reinstate(*, case: Case, actor: User, item: str, note: str) -> bool:
    """Let the patient go on with a paused exercise; False where it is not paused (any more).

    Alerts about this exercise alone are acknowledged with the same note.
    """
    _check_member(case, actor)
    kept = responses.refresh(case)
    if item not in kept.answer["paused"]:
        return False
    _mark(case, actor, ResponseMark.REINSTATED, item, note)
    about = ("peripheralising", "review_direction", "extension_not_tolerated")
    rows = case.alerts.open().filter(item=item, code__in=about)
    inbox_actions.acknowledge_together(alerts=rows, actor=actor, note=note)
    responses.refresh(case)
    return True


def _mark(case: Case, actor: User, kind: str, code: str, note: str) -> None:
    row = ResponseMark.objects.create(case=case, kind=kind, code=code, by=actor, note=note)
    audit.record(
        practice=case.practice, actor=actor, action=f"response.{kind}", target=row, code=code
    )


def _check_member(case: Case, actor: User) -> None:
    if not case.practice.memberships.active().filter(user=actor).exists():
        raise PermissionDenied("Only a clinician of the practice does this.")
