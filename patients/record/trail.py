"""The trail of a case: who changed which facts when, and every earlier state of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from clinic import audit
from clinic.models import User
from clinic.saves import save_id
from patients.models import Case, CaseRevision, Patient
from patients.models.fact_rows import case_as_it_is
from patients.record import snapshot


def locked(case: Case) -> Case:
    """The case as it is now, with its facts, kept from others until this transaction ends.

    First the lock, then the facts: a joined read that waits for the lock would see the people of
    the case as they were before, or no case at all where they changed.
    """
    Case.objects.select_for_update().only("pk").get(pk=case.pk)
    now: Case = case_as_it_is(case.pk)
    return now


def keep_first(case: Case, *, actor: User) -> None:
    """Record how a new case looked."""
    fresh = case_as_it_is(case.pk)
    _keep(fresh, snapshot.take(fresh), actor=actor, fields=[])
    audit.record(practice=fresh.practice, actor=actor, action="case.open", target=fresh)


def keep_change(
    case: Case,
    *,
    before: dict[str, Any],
    actor: User | None,
    action: str,
    helper: str = "",
    **details: Any,
) -> list[str]:
    """Record what differs from ``before``, after it was written. Returns the names of the facts.

    Without an actor it was the patient, or the ``helper`` named. Where nothing differs nothing is
    recorded, so that saving twice leaves one trace.
    """
    fresh = case_as_it_is(case.pk)
    after = snapshot.take(fresh)
    fields = snapshot.changed_fields(before, after)
    if not fields:
        return []
    fresh.revision += 1
    fresh.facts_changed_at = timezone.now()
    fresh.save(update_fields=["revision", "facts_changed_at"])
    _keep(fresh, after, actor=actor, fields=fields, helper=helper)
    audit.record(
        practice=fresh.practice,
        actor=actor,
        actor_label="" if actor else "helper" if helper else "patient",
        action=action,
        target=fresh,
        fields=fields,
        revision=fresh.revision,
        **details,
    )
    return fields


def _keep(
    case: Case,
    facts: dict[str, Any],
    *,
    actor: User | None,
    fields: Sequence[str],
    helper: str = "",
) -> None:
    CaseRevision.objects.create(
        case=case,
        number=case.revision,
        changed_by=actor,
        helper=helper,
        save_id=save_id(),
        changed_at=case.facts_changed_at,
        fields=list(fields),
        snapshot=facts,
    )
    Patient.objects.filter(pk=case.patient_id).update(touched_at=case.facts_changed_at)
