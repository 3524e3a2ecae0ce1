"""Writing the answers of the safety screen, and the clearing of red flags."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clinic.models import User
from patients import vocabulary
from patients.inbox.actions import acknowledge_red_flag
from patients.models import Case, RedFlagClearance, ScreenAnswer
from patients.questions import asked_as
from patients.record import snapshot, trail
from patients.record.actions import change_case
from patients.vocabulary import Answer

NOT_SAID = (Answer.UNKNOWN.value, "")
"""Answer and side of a question that was never asked."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Somebody else answered a question otherwise after this page was loaded."""

    code: str
    theirs: ScreenAnswer


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a saved screen: the new answers, or the disagreements that stopped it."""

    answers: tuple[ScreenAnswer, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    changed: bool = False


@transaction.atomic
def save_screen(
    *,
    case: Case,
    actor: User,
    seen: int,
    revision: int,
    answers: Mapping[str, str],
    sides: Mapping[str, str] = MappingProxyType({}),
    again: Collection[str] = (),
    pregnancy: Mapping[str, Any] = MappingProxyType({}),
) -> Saved:
    """Save one screen whole or not at all: its answers, and the pregnancy where it was asked.

    ``seen``, ``answers``, ``sides`` and ``again`` are those of ``record_answers``; ``revision`` is
    that of ``actions.change_case``, whose ``Conflict`` may come.
    """
    before = case.revisions.count()
    saved = record_answers(
        case=case, actor=actor, seen=seen, answers=answers, sides=sides, again=again
    )
    if pregnancy and not saved.disagreements:
        change_case(case=case, actor=actor, seen=revision, facts=pregnancy)
    return replace(saved, changed=case.revisions.count() > before)


@transaction.atomic
def record_answers(
    *,
    case: Case,
    actor: User,
    seen: int,
    answers: Mapping[str, str],
    sides: Mapping[str, str] = MappingProxyType({}),
    again: Collection[str] = (),
) -> Saved:
    """Add the answers that differ from what the page showed.

    ``sides``: of the answers that are yes and about one side; a yes that is not among them keeps
    the side it has.

    ``seen`` is the number of the latest answer of the case when the page was loaded: it tells
    which answers its reader changed and which they merely sent back. A question that somebody
    else answered otherwise meanwhile is a disagreement, and then nothing is written. ``again``
    names cleared red flags that are present once more: their yes is recorded anew.
    """
    now = trail.locked(case)
    before = snapshot.take(now)
    current = now.current_answers
    shown = {row.code: _said(row) for row in now.answers.filter(pk__lte=seen).order_by("pk")}
    new: list[ScreenAnswer] = []
    disagreements: list[Disagreement] = []
    for code, answer in ((asked_as(code), answer) for code, answer in answers.items()):
        was = _said(current.get(code))
        said = (answer, sides.get(code, was[1]) if answer == Answer.YES else "")
        if code in again and answer == Answer.YES and was[0] == Answer.YES:
            if current[code].is_cleared:
                new.append(_row(now, actor, code, *said))
        elif said not in (was, shown.get(code, NOT_SAID)):
            if code in current and current[code].pk > seen:
                disagreements.append(Disagreement(code, current[code]))
            new.append(_row(now, actor, code, *said))
    if disagreements:
        return Saved(disagreements=tuple(disagreements))
    saved = ScreenAnswer.objects.bulk_create(new)
    if saved:
        trail.keep_change(now, before=before, actor=actor, action="case.screen")
    return Saved(answers=tuple(saved))


@transaction.atomic
def report_red_flags(*, case: Case, codes: Iterable[str], helper: str = "") -> None:
    """What a patient reports stands on the safety screen too, so that everything stops.

    A flag that is answered yes already, and that nobody cleared, is not answered again.
    ``helper``: who told it where it was not the patient.
    """
    now = trail.locked(case)
    before = snapshot.take(now)
    current = now.current_answers
    new = []
    for code in dict.fromkeys(codes):
        row = current.get(code)
        if row is None or row.answer != Answer.YES or row.is_cleared:
            new.append(_row(now, None, code, Answer.YES, helper=helper))
    if new:
        ScreenAnswer.objects.bulk_create(new)
        trail.keep_change(
            now, before=before, actor=None, action="case.patient_report", helper=helper
        )


class ReportedAgain(Exception):  # noqa: N818 - an outcome to show, not an error
    """The patient has told of the red flag once more since the page was opened."""


def latest_report(case: Case, code: str) -> str:
    """Names the latest log in which the patient told of this red flag; empty: there is none."""
    logs = case.symptom_logs.filter(red_flags__contains=[code]).order_by("-pk")
    return str(logs.values_list("client_id", flat=True).first() or "")


@transaction.atomic
def clear_red_flag(
    *, answer: ScreenAnswer, actor: User, note: str, seen: str | None = None
) -> RedFlagClearance:
    """Record that a clinician has dealt with a stopping answer, and how.

    Alerts about it are acknowledged with the same note.

    ``PermissionDenied`` unless the actor works in the practice today. Clearing twice keeps the
    first word. ``ValueError`` for an answer that stops nothing, a newer answer's predecessor
    included. ``seen`` is the ``latest_report`` that the page knew of: :class:`ReportedAgain` where
    another came in since.
    """
    case = trail.locked(answer.case)
    if not case.practice.memberships.active().filter(user=actor).exists():
        raise PermissionDenied("Only a clinician of the practice clears a red flag.")
    row = ScreenAnswer.objects.select_related("clearance").get(pk=answer.pk)
    if row.is_cleared:
        return row.clearance
    latest = case.current_answers.get(row.code)
    if latest is None or latest.pk != row.pk or row.pk not in {s.pk for s in case.open_stops()}:
        raise ValueError("This answer does not stop the case.")
    if seen is not None and seen != latest_report(case, row.code):
        raise ReportedAgain
    before = snapshot.take(case)
    clearance = RedFlagClearance.objects.create(answer=row, cleared_by=actor, note=note)
    trail.keep_change(case, before=before, actor=actor, action="red_flag.clear", code=row.code)
    acknowledge_red_flag(case=case, code=row.code, actor=actor, note=note)
    return clearance


def _said(row: ScreenAnswer | None) -> tuple[str, str]:
    return (row.answer, row.side) if row else NOT_SAID


def _row(
    case: Case, actor: User | None, code: str, answer: str, side: str = "", helper: str = ""
) -> ScreenAnswer:
    kind = ScreenAnswer.RED_FLAG if code in vocabulary.RED_FLAGS else ScreenAnswer.FINDING
    return ScreenAnswer(
        case=case,
        kind=kind,
        code=code,
        answer=answer,
        side=side,
        answered_by=actor,
        helper=helper,
    )
