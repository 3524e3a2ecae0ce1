"""A closed case put away by itself: off the lists, read-only, complete, and back with one press."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.models import User
from patients.models import Case
from patients.record import trail
from patients.record.actions import StillOpen

CASE_ARCHIVED: Final = "case.archive"
CASE_RESTORED: Final = "case.restore"
"""What the trail calls the two, which the timeline tells of."""


@transaction.atomic
def set_case_archived(*, case: Case, actor: User, archived: bool) -> None:
    """Put a closed case away, or bring it back, closed as it was.

    ``StillOpen`` for a case that is not closed, and while something of it waits in the inbox, since
    archiving must not hide it.
    """
    now = trail.locked(case)
    if (now.archived_at is not None) == archived:
        return
    if archived and now.closed_at is None:
        raise StillOpen("Close the case first, then archive it.")
    if archived and now.alerts.open().exists():
        raise StillOpen("See to what waits in the inbox first, then archive the case.")
    now.archived_at = timezone.now() if archived else None
    now.save(update_fields=["archived_at"])
    action = CASE_ARCHIVED if archived else CASE_RESTORED
    audit.record(practice=now.practice, actor=actor, action=action, target=now)
