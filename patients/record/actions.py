"""Writing patients and cases: one transaction each, with a trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from clinic import audit
from clinic.form_numbers import made_before
from clinic.models import Practice, User
from patients.models import Case, CaseRevision, Patient
from patients.models.case_reading import practice_today
from patients.record import snapshot, trail
from patients.record.facts import set_columns, set_rows
from patients.record.merge import EDITABLE, Conflict, merge

PATIENT_FIELDS = ("full_name", "date_of_birth", "sex", "email", "phone", "clinician_notes")
_RULED = frozenset({"date_of_birth", "sex"})
"""Facts of the patient that decide what is asked and judged in each of the cases."""


class StillOpen(Exception):  # noqa: N818 - an outcome to show, not an error
    """Something has to be finished first; the message says what."""


class MergedAway(Exception):  # noqa: N818 - an outcome to show, not an error
    """The patient was merged into another record, ``kept``. Nothing was written."""

    def __init__(self, kept: Patient) -> None:
        """``kept``: the record that stands."""
        super().__init__("This record is a part of another one now.")
        self.kept = kept


class StalePatient(Exception):  # noqa: N818 - an outcome to show, not an error
    """Somebody else saved the patient first. Nothing was written."""

    def __init__(self, patient: Patient, fields: list[str]) -> None:
        """``patient`` as recorded now, and the ``fields`` that the editor has otherwise."""
        super().__init__("Somebody else saved this patient first.")
        self.patient = patient
        self.fields = fields
        entries = patient.practice.audit_entries.select_related("actor")
        self.last = entries.filter(
            target_kind=patient._meta.label_lower, target_id=str(patient.pk)
        ).first()


def register_patient(
    *, practice: Practice, actor: User, values: Mapping[str, Any], token: UUID | None = None
) -> Patient:
    """A new patient of the practice. ``values`` hold ``PATIENT_FIELDS``.

    ``token`` is the number of the form that was sent: sent twice, it makes one patient.
    """
    made, pk = made_before(
        token,
        tuple(values[name] for name in PATIENT_FIELDS),
        held=lambda number: practice.patients.filter(pk=number),
        same=lambda row: all(getattr(row, name) == values[name] for name in PATIENT_FIELDS),
    )
    if made is not None:
        return made
    try:
        return _new_patient(practice=practice, actor=actor, values=values, pk=pk)
    except IntegrityError:
        # The other click of a double click was quicker; a number used elsewhere is replaced.
        quicker = practice.patients.filter(pk=pk).first()
        return quicker or _new_patient(practice=practice, actor=actor, values=values, pk=uuid4())


@transaction.atomic
def _new_patient(
    *, practice: Practice, actor: User, values: Mapping[str, Any], pk: UUID
) -> Patient:
    patient = Patient(
        pk=pk,
        practice=practice,
        created_by=actor,
        **{name: values[name] for name in PATIENT_FIELDS},
    )
    patient.save(force_insert=True)
    audit.record(practice=practice, actor=actor, action="patient.register", target=patient)
    return patient


@transaction.atomic
def change_patient(
    *, patient: Patient, actor: User, seen: int, values: Mapping[str, Any]
) -> list[str]:
    """Write ``values`` and return the names of the fields that changed.

    ``seen`` is the revision the editor started from; ``StalePatient`` where it is no longer the
    current one, and ``MergedAway`` for a part of another record. A new date of birth changes the
    age that rules read, and the sex what is asked, so every case gets a new revision.
    """
    # Cases before the patient, as everywhere, so that two savings never wait for each other.
    list(patient.cases.select_for_update(of=("self",)).order_by("pk").only("pk"))
    patient = _locked_patient(patient)
    changed = [name for name in PATIENT_FIELDS if getattr(patient, name) != values[name]]
    if not changed:
        return []
    if seen != patient.revision:
        raise StalePatient(patient, changed)
    cases = []
    if _RULED & set(changed):
        cases = [(case, snapshot.take(case)) for case in map(trail.locked, patient.cases.all())]
    for name in changed:
        setattr(patient, name, values[name])
    patient.revision += 1
    patient.touched_at = timezone.now()
    patient.save()
    audit.record(
        practice=patient.practice,
        actor=actor,
        action="patient.change",
        target=patient,
        fields=changed,
    )
    for case, before in cases:
        trail.keep_change(case, before=before, actor=actor, action="case.change")
    return changed


@transaction.atomic
def set_archived(*, patient: Patient, actor: User, archived: bool) -> None:
    """Put the record away, or bring it back. It stays complete either way.

    ``StillOpen`` while a case of the patient is open, ``MergedAway`` for a part of another record.
    """
    patient = _locked_patient(patient)
    if (patient.archived_at is not None) == archived:
        return
    if archived and patient.cases.open().exists():
        raise StillOpen("Close the open case first, then archive the patient.")
    patient.archived_at = timezone.now() if archived else None
    patient.revision += 1
    patient.touched_at = timezone.now()
    patient.save(update_fields=["archived_at", "revision", "touched_at"])
    action = "patient.archive" if archived else "patient.restore"
    audit.record(practice=patient.practice, actor=actor, action=action, target=patient)


def open_case(
    *,
    patient: Patient,
    actor: User,
    facts: Mapping[str, Any],
    token: UUID | None = None,
    opened_on: date | None = None,
) -> Case:
    """A new case of the patient, with ``facts`` as ``patients.record.snapshot`` writes them.

    ``opened_on``: an earlier day on which it began; today where it is not given.
    ``token`` is the number of the form that was sent: sent twice, it makes one case. Where the
    patient was merged into another record, the case is that record's.
    """
    patient = patient.standing()
    cases = patient.cases
    made, pk = made_before(
        token,
        (facts["title"],),
        held=lambda number: cases.filter(pk=number),
        same=lambda row: bool(row.title == facts["title"]),
    )
    if made is not None:
        return made
    try:
        return _new_case(patient=patient, actor=actor, facts=facts, pk=pk, opened_on=opened_on)
    except MergedAway as merged:
        return open_case(
            patient=merged.kept, actor=actor, facts=facts, token=token, opened_on=opened_on
        )
    except IntegrityError:
        # The other click of a double click was quicker; a number used elsewhere is replaced.
        quicker = patient.cases.filter(pk=pk).first()
        return quicker or _new_case(
            patient=patient, actor=actor, facts=facts, pk=uuid4(), opened_on=opened_on
        )


@transaction.atomic
def _new_case(
    *, patient: Patient, actor: User, facts: Mapping[str, Any], pk: UUID, opened_on: date | None
) -> Case:
    patient = _locked_patient(patient)
    case = Case(
        pk=pk,
        practice_id=patient.practice_id,
        patient=patient,
        opened_on=opened_on or practice_today(patient.practice),
    )
    set_columns(case, facts)
    case.save(force_insert=True)
    set_rows(case, facts)
    trail.keep_first(case, actor=actor)
    return case


@transaction.atomic
def change_case(
    *, case: Case, actor: User, seen: int, overruled: int = 0, facts: Mapping[str, Any]
) -> list[CaseRevision]:
    """Write the edited ``facts``, keeping what others changed since revision ``seen``.

    Facts that the editor left alone keep the value they have now. Where both changed the same
    fact, ``merge.Conflict`` tells by whom and when and nothing is written, unless the editor has
    been shown that: ``overruled`` is the revision whose differences they saw.

    Returns the revisions of others whose changes were kept beside this one, oldest first.
    """
    now = trail.locked(case)
    before = snapshot.take(now)
    start = now.revisions.filter(number=seen).first()
    # A fact that the app did not know yet when that revision was kept has not changed since.
    base = {**before, **start.snapshot} if start else {}
    merged, conflicting = merge(base=base, theirs=before, mine=facts)
    later = now.revisions.filter(number__gt=seen).select_related("changed_by")
    others = [row for row in later.order_by("number") if set(row.fields) & EDITABLE]
    if conflicting and overruled != now.revision:
        raise Conflict(now, conflicting, others, mine=facts, theirs=before)
    set_columns(now, merged)
    now.save()
    set_rows(now, merged)
    changed = trail.keep_change(now, before=before, actor=actor, action="case.change")
    return [row for row in others if changed]


@transaction.atomic
def set_closed(*, case: Case, actor: User, closed: bool) -> None:
    """End the episode, or take it up again. The case stays readable either way.

    ``StillOpen`` while a red flag is open, because closing must not hide it, and for a case that is
    archived, or whose patient is.
    """
    now = trail.locked(case)
    if (now.closed_at is not None) == closed:
        return
    if not closed and now.archived_at is not None:
        raise StillOpen("Bring the case back from the archive first, then open it.")
    if closed and now.open_stops():
        raise StillOpen("Clear the open red flag with a note first, then close the case.")
    if not closed and now.patient.archived_at is not None:
        raise StillOpen("Bring the patient back from the archive first, then open the case.")
    before = snapshot.take(now)
    now.closed_at = timezone.now() if closed else None
    now.save(update_fields=["closed_at"])
    action = "case.close" if closed else "case.reopen"
    trail.keep_change(now, before=before, actor=actor, action=action)


def _locked_patient(patient: Patient) -> Patient:
    rows = Patient.objects.select_for_update(of=("self",)).select_related("practice")
    found = rows.get(pk=patient.pk)
    if found.merged_into_id is not None:
        raise MergedAway(found.standing())
    return found
