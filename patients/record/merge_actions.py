"""Two records of one person made one, and two again.

Locks are taken in one order, as everywhere: cases by their number, then patients by theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import User
from patients.models import Case, MergeChoice, Patient, PatientMerge, PatientMergeReturn
from patients.record import snapshot, trail
from patients.record.actions import PATIENT_FIELDS

MOVED: dict[str, str] = {"patients.Case": "patient"}
"""Tables whose rows move with their patient, and the column. All else of a patient hangs on these.

A new table that points at a patient has to be named here, or moves nowhere: a test asks.
"""
NOTES_APART = "\n\n"


class StaleMerge(Exception):  # noqa: N818 - an outcome to show, not an error
    """One of the two records was changed since the page was shown. Nothing was written."""


class MergeRefused(Exception):  # noqa: N818 - an outcome to show, not an error
    """These two cannot be merged, or this merge not taken back; the message says why."""


@transaction.atomic
def merge_patients(
    *,
    kept: Patient,
    gone: Patient,
    actor: User,
    seen: tuple[int, int],
    choices: Mapping[str, str],
    reason: str,
) -> PatientMerge:
    """Make ``gone`` a part of ``kept``: its cases move, its address and name lead there.

    ``choices``: whose value stands, for each field in which they differ. ``seen``: the revisions
    of both that the clinician was shown; ``StaleMerge`` where one is no longer current. Sent twice,
    it is one merge.
    """
    if kept.pk == gone.pk or kept.practice_id != gone.practice_id:
        raise MergeRefused("These are not two records of this practice.")
    kept, gone = _locked(kept, gone)
    if gone.merged_into_id == kept.pk:
        return gone.goings.latest("pk")
    if kept.merged_into_id or gone.merged_into_id:
        raise MergeRefused("One of the two was merged with another record meanwhile.")
    if seen != (kept.revision, gone.revision):
        raise StaleMerge
    values = merged_values(kept, gone, choices)
    results = {name: _read(name, said["result"]) for name, said in values.items()}
    before = _snapshots(kept, gone)
    moved = _move_all(gone, kept)
    _write(kept, results, archived=bool(kept.archived_at and gone.archived_at))
    gone.merged_into = kept
    gone.revision += 1
    gone.save(update_fields=["merged_into", "revision"])
    made = PatientMerge.objects.create(
        practice=kept.practice,
        kept=kept,
        gone=gone,
        reason=reason,
        moved=moved,
        values=values,
        merged_by=actor,
    )
    _keep_trail(before, made, actor, "patient.merge", "patient.merged_away")
    return made


@transaction.atomic
def take_merge_back(*, merge: PatientMerge, actor: User) -> PatientMergeReturn:
    """Make two records of them again: what moved goes back, fields as far as nobody changed them.

    What was opened since stays with the record that stood. ``MergeRefused`` where a later merge
    stands on this one.
    """
    kept, gone = _locked(merge.kept, merge.gone)
    merge = PatientMerge.objects.select_related("taken_back").get(pk=merge.pk)
    if merge.is_taken_back:
        return merge.taken_back
    if why := standing_on(merge, kept):
        raise MergeRefused(why)
    results = {
        name: _read(name, said["kept"])
        for name, said in merge.values.items()
        if getattr(kept, name) == _read(name, said["result"])
    }
    before = _snapshots(kept, gone)
    for label, keys in merge.moved.items():
        _rows(label, kept).filter(pk__in=keys).update(**{MOVED[label]: gone})
    _write(kept, results, archived=bool(kept.archived_at))
    gone.merged_into = None
    gone.revision += 1
    gone.touched_at = timezone.now()
    if gone.cases.open().exists():
        gone.archived_at = None
    gone.save(update_fields=["merged_into", "revision", "touched_at", "archived_at"])
    made = PatientMergeReturn.objects.create(
        practice=merge.practice, merge=merge, returned_by=actor
    )
    _keep_trail(before, merge, actor, "patient.merge_return", "patient.returned")
    return made


def standing_on(merge: PatientMerge, kept: Patient) -> str:
    """Why this merge cannot be taken back now; empty where it can."""
    if kept.merged_into_id:
        return "This record was merged into another since. Take that merge back first."
    later = kept.merges.filter(pk__gt=merge.pk, taken_back__isnull=True)
    if later.exists():
        return "Another record was merged into this one since. Take that merge back first."
    return ""


def merged_values(
    kept: Patient, gone: Patient, choices: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """What both say in each field, whose is chosen, and the result, as ``PatientMerge`` keeps it.

    Where they agree nothing is chosen. ``KeyError`` for a difference without a choice.
    """
    values = {}
    for name in PATIENT_FIELDS:
        mine, theirs = _plain(getattr(kept, name)), _plain(getattr(gone, name))
        choice = MergeChoice.KEPT if mine == theirs else MergeChoice(choices[name])
        both = NOTES_APART.join([mine, theirs])
        result = {MergeChoice.KEPT: mine, MergeChoice.GONE: theirs, MergeChoice.BOTH: both}[choice]
        values[name] = {
            "kept": mine, "gone": theirs, "choice": choice.value, "result": result,
        }  # fmt: skip
    return values


def _locked(kept: Patient, gone: Patient) -> tuple[Patient, Patient]:
    pair = [kept.pk, gone.pk]
    list(Case.objects.select_for_update().filter(patient_id__in=pair).order_by("pk").only("pk"))
    rows = Patient.objects.select_for_update(of=("self",)).select_related("practice")
    found = {row.pk: row for row in rows.filter(pk__in=pair).order_by("pk")}
    return found[kept.pk], found[gone.pk]


def _rows(label: str, patient: Patient) -> Any:
    return apps.get_model(label)._default_manager.filter(**{MOVED[label]: patient})


def _move_all(gone: Patient, kept: Patient) -> dict[str, list[str]]:
    """Give every row to ``kept``; the keys of the rows by table."""
    moved = {}
    for label, column in MOVED.items():
        rows = _rows(label, gone)
        moved[label] = sorted(str(key) for key in rows.values_list("pk", flat=True))
        rows.update(**{column: kept})
    return moved


def _snapshots(*patients: Patient) -> list[tuple[Case, dict[str, Any]]]:
    """The cases of either, as they are: their facts may change with the patient's."""
    cases = Case.objects.filter(patient__in=patients).order_by("pk")
    return [(case, snapshot.take(case)) for case in map(trail.locked, cases)]


def _write(kept: Patient, results: Mapping[str, Any], *, archived: bool) -> None:
    for name, value in results.items():
        setattr(kept, name, value)
    kept.archived_at = kept.archived_at if archived else None
    kept.revision += 1
    kept.touched_at = timezone.now()
    kept.save()


def _keep_trail(
    before: list[tuple[Case, dict[str, Any]]],
    merge: PatientMerge,
    actor: User,
    action: str,
    other_action: str,
) -> None:
    for case, facts in before:
        trail.keep_change(case, before=facts, actor=actor, action="case.change", merge=merge.pk)
    for target, said in ((merge.kept, action), (merge.gone, other_action)):
        audit.record(
            practice=merge.practice,
            actor=actor,
            action=said,
            target=target,
            merge=merge.pk,
            cases=merge.moved["patients.Case"],
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "date_of_birth" else value
