"""What the palette finds: patients, what one can do, and whatever other apps add.

``settings.PALETTE_FINDERS`` names functions of apps above this one that are called with the request
and the typed words, and give ``PaletteEntry`` rows under one heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.module_loading import import_string

from clinic.http import PracticeRequest
from clinic.models import Practice
from clinic.permissions import Action, allows
from patients.identity.regions import region_of
from patients.models import Patient, patient_search
from patients.models.finding_by import Keys
from patients.people.mine import first_of_mine

MOST_PATIENTS = 6
_PLACES = (
    ("Register a patient", "new add person", "patient_create", Action.REGISTER),
    ("Dashboard", "home today start", "dashboard", None),
    ("Inbox", "alerts reports messages", "inbox", Action.SEE),
    ("All patients", "list people", "patient_list", Action.SEE),
    ("Exercises", "catalogue library", "catalogue", Action.SEE),
    ("Add an exercise of your own", "new create exercise", "own_exercise_create", Action.TREAT),
    ("Rules", "contraindications cautions sources", "rule_list", Action.SEE),
    ("Practice settings", "logo limits letters", "practice_settings", Action.MANAGE_PRACTICE),
    ("Team", "invite roles members colleagues", "team", Action.MANAGE_TEAM),
    ("My account", "password passkey devices", "account", None),
)
"""Words, other words they are found by, the address, and who may go there."""


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One line: where it leads, and what tells it from others of the same name."""

    label: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PaletteGroup:
    """Lines of one kind."""

    title: str
    entries: list[PaletteEntry]


def found(request: PracticeRequest, typed: str) -> list[PaletteGroup]:
    """Everything for these words; for none, whom this member worked with last and what one can do.

    A constant number of queries, however many there are.
    """
    groups = [_patients(request, typed)]
    if typed:
        for path in getattr(settings, "PALETTE_FINDERS", []):
            groups.append(import_string(path)(request, typed))
    groups.append(PaletteGroup("Go to", list(_places(request, typed))))
    return [group for group in groups if group.entries]


def _patients(request: PracticeRequest, typed: str) -> PaletteGroup:
    if typed:
        standing = request.practice.patients.active()
        wanted = patient_search.wanted_in(typed, region=region_of(request.practice.time_zone))
        rows = patient_search.search(standing, wanted, Keys(request.practice)).best_first()
        people = list(rows[:MOST_PATIENTS])
    else:
        people = first_of_mine(request.practice, request.user, MOST_PATIENTS)
    addresses = nearest(request.practice, people)
    entries = [
        PaletteEntry(
            label=str(patient),
            url=addresses[patient.pk],
            detail=f"born {date_format(patient.date_of_birth)}",
        )
        for patient in people
    ]
    return PaletteGroup("Patients", entries)


def nearest(practice: Practice, people: Sequence[Patient]) -> dict[UUID, str]:
    """The case's page where a patient has one open case; with two, the patient's page asks."""
    rows = list(practice.cases.open().filter(patient__in=people))
    counted = [row.patient_id for row in rows]
    cases = {row.patient_id: row for row in rows if counted.count(row.patient_id) == 1}
    return {one.pk: cases.get(one.pk, one).get_absolute_url() for one in people}


def straight_to(practice: Practice, patient: Patient, *, treats: bool) -> str:
    """Where to go with the one who was found: to the screen, where nothing was asked yet."""
    rows = list(practice.cases.open().filter(patient=patient)[:2])
    if len(rows) != 1:
        return patient.get_absolute_url()
    (case,) = rows
    if treats and not case.answers.exists():
        return reverse("safety_screen", args=[case.pk])
    return case.get_absolute_url()


def _places(request: PracticeRequest, typed: str) -> Iterable[PaletteEntry]:
    wanted = typed.casefold().split()
    for label, also, name, action in _PLACES:
        if action is not None and not allows(request.membership, action):
            continue
        words = f"{label} {also}".casefold().split()
        if all(any(word.startswith(part) for word in words) for part in wanted):
            try:
                yield PaletteEntry(label, reverse(name))
            except NoReverseMatch:
                continue
