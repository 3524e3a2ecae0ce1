"""Revoking and renewing a patient's link: who did it is on record, and every device ends."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import User
from patients.models import Case
from programs.access.models import PatientAccess


@transaction.atomic
def revoke_access(*, case: Case, actor: User) -> PatientAccess | None:
    """Close the case's link at once, on every device; None where there is none to close."""
    access = case.accesses.select_for_update().filter(revoked_at=None).first()
    if access is None:
        return None
    access.revoked_at = timezone.now()
    access.revoked_by = actor
    access.save(update_fields=["revoked_at", "revoked_by"])
    access.devices.all().delete()
    audit.record(
        practice=case.practice, actor=actor, action="patient_access.revoked", target=access
    )
    return access


@transaction.atomic
def renew_access(*, case: Case, actor: User) -> PatientAccess:
    """A new link and code for the case; the old ones, if any, open nothing from now on."""
    # The row of the case stands for both links, so that two clicks make one after the other.
    case = type(case).objects.select_for_update(of=("self",)).get(pk=case.pk)
    revoke_access(case=case, actor=actor)
    access = PatientAccess.objects.ensure(case=case, by=actor)
    audit.record(
        practice=case.practice, actor=actor, action="patient_access.renewed", target=access
    )
    return access
