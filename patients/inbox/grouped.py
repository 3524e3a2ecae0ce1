"""The cards of a page, patient by patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from patients.inbox.card import InboxCard
from patients.models import Patient


@dataclass(frozen=True, slots=True)
class PatientCards:
    """The cards of one patient, together on a page."""

    patient: Patient
    cards: list[InboxCard]


def by_patient(found: Iterable[InboxCard]) -> list[PatientCards]:
    """The same cards, each patient where their most urgent one stands."""
    groups: dict[Any, PatientCards] = {}
    for card in found:
        patient = card.alert.case.patient
        groups.setdefault(patient.pk, PatientCards(patient, [])).cards.append(card)
    return list(groups.values())
