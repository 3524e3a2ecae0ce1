"""Revoking and renewing a patient's link: who did it is on record, and every device ends.

Who helps the patient is given a link of their own; closing it closes no other.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import User
from clinic.outcomes import Refused
from patients.models import Case
from programs.access.models import PatientAccess

MOST_HELPERS: Final = 6
"""Links that people who help may have to one case at a time."""
_ANOTHER: Final = (
    "Nothing was changed now: the link was made anew since you opened this page, by you or by a "
    "colleague. The one below is the one that opens the program."
)


@transaction.atomic
def revoke_access(*, case: Case, actor: User, seen: str | None = None) -> PatientAccess | None:
    """Close the case's link at once, on every device; None where there is none to close.

    ``seen``: the number of the link that a page showed; empty: it showed none. ``Refused`` where
    another stands by now, so that a form sent twice or late closes no link but that one.
    """
    access = case.accesses.select_for_update().filter(revoked_at=None, helper="").first()
    if access is not None and seen not in (None, str(access.pk)):
        raise Refused(_ANOTHER)
    return _close(access, actor) if access is not None else None


def _close(access: PatientAccess, actor: User) -> PatientAccess:
    access.revoked_at = timezone.now()
    access.revoked_by = actor
    access.save(update_fields=["revoked_at", "revoked_by"])
    access.devices.all().delete()
    audit.record(
        practice=access.case.practice, actor=actor, action="patient_access.revoked", target=access
    )
    return access


@transaction.atomic
def renew_access(*, case: Case, actor: User, seen: str | None = None) -> PatientAccess:
    """A new link and code for the case; the old ones, if any, open nothing from now on.

    ``seen`` as for ``revoke_access``.
    """
    # The row of the case stands for both links, so that two clicks make one after the other.
    case = type(case).objects.select_for_update(of=("self",)).get(pk=case.pk)
    revoke_access(case=case, actor=actor, seen=seen)
    access = PatientAccess.objects.ensure(case=case, by=actor)
    audit.record(
        practice=case.practice, actor=actor, action="patient_access.renewed", target=access
    )
    return access


class TooManyHelpers(Exception):  # noqa: N818 - an outcome to show, not an error
    """As many people as there may be have a link to this case."""


@transaction.atomic
def add_helper(*, case: Case, actor: User, name: str, helper_is: str) -> PatientAccess:
    """A link and a code for somebody who helps, who then is named beside what they enter.

    Whoever has one already keeps it: sending the form twice makes one.
    """
    case = type(case).objects.select_for_update(of=("self",)).get(pk=case.pk)
    links = PatientAccess.objects.of_helpers().filter(case=case, revoked_at=None)
    found = links.filter(helper__iexact=name, helper_is__iexact=helper_is).first()
    if found is not None:
        return found
    if links.count() >= MOST_HELPERS:
        raise TooManyHelpers
    access = PatientAccess.objects.create(
        case=case, helper=name, helper_is=helper_is, created_by=actor
    )
    audit.record(practice=case.practice, actor=actor, action="helper_access.added", target=access)
    return access


@transaction.atomic
def close_helper(*, case: Case, actor: User, access_id: int) -> PatientAccess | None:
    """Close this one link at once, on every device; None where it is closed already."""
    links = PatientAccess.objects.of_helpers().filter(case=case, revoked_at=None)
    access = links.select_for_update(of=("self",)).filter(pk=access_id).first()
    return _close(access, actor) if access is not None else None
