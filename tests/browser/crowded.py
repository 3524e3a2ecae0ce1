"""The demo practice, where everybody and everything has the longest name that fits."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from clinic import demo
from clinic.models import Practice, User
from patients.models import Case, FunctionalGoal, Patient
from programs.exercises.models import Exercise
from programs.prescriptions.models import Program, ProgramItem
from tests.kept_rows import put_demo
from tests.programs.shipped import CATALOGUE, read

LONG = "Ofaverylongnamewithoutanyspaceinit" * 5


def crowd() -> User:
    """Put the demo with long names; its owner. First names stay, by which cases are found."""
    put_demo()
    owner = User.objects.get(email=demo.EMAIL)
    for patient in Patient.objects.all():
        patient.full_name = f"{patient.full_name.split()[0]}{LONG}"[:150]
        patient.clinician_notes = LONG
        patient.save()
    Practice.objects.update(name=LONG[:120], address_line_1=LONG[:120])
    User.objects.exclude(full_name="Bob Brown").update(full_name=LONG[:120])
    Case.objects.update(title=LONG[:120], goals=LONG)
    Program.objects.update(title=LONG[:120], note=LONG)
    FunctionalGoal.objects.update(words=LONG[:120])
    ProgramItem.objects.update(note=LONG)
    alone = {"slug": "own-dead-bug", "easier": [], "harder": [], "prerequisites": []}
    data = {**read(CATALOGUE / "dead-bug.toml"), **alone, "name": LONG[:90]}
    values = {key: data[key] for key in ("slug", "name", "kind", "phase", "sided")}
    home = owner.memberships.get().practice
    own = Exercise.objects.create(practice=home, data=data, **values)
    draft = Program.objects.get(case__patient__full_name__startswith="Kwame")
    draft.items.create(exercise=own, position=99, note=LONG)
    return owner


def crowded_pages() -> Iterator[str]:
    """What the walk of the addresses does not come to: searches, and an exercise of their own."""
    program = Program.objects.get(case__patient__full_name__startswith="Kwame")
    yield f"{reverse('program', args=[program.pk])}?q={LONG[:10]}"
    yield f"{reverse('catalogue')}?q={LONG[:10]}"
    yield f"{reverse('patient_list')}?q={LONG}"
    own = Exercise.objects.get(slug="own-dead-bug")
    for name in ("catalogue_entry", "own_exercise_edit", "exercise_pictures"):
        yield reverse(name, args=[own.pk])
