"""The files of a patient's record, and of a whole practice, one after the other.

Nothing is made before it is asked for, so that a practice of any size fits into the same memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clinic.models import Practice, PracticeLogo
from patients.models import Case, Patient
from patients.oversight.entries import Choice, every
from patients.oversight.exports import table
from programs.exchange.fhir.bundle import bundle
from programs.exchange.left_out import LeftOutFiles
from programs.exchange.logs import logs_csv
from programs.exchange.record import record_html
from programs.exchange.rows import (
    handout_name,
    photograph_name,
    practice_json,
    record_json,
    whole_person,
)
from programs.exercises.pictures.models import ExercisePicture
from programs.prescriptions.handout import handout
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.photograph_models import IssuedPhotograph
from programs.prescriptions.queries import printed_access

Files = Iterator[tuple[str, Iterable[bytes]]]
_CHUNK = 100


def patient_files(patient: Patient, left_out: LeftOutFiles, folder: str = "") -> Files:
    """Readable, for programs, as FHIR, the reports, who looked, the handouts and photographs.

    ``left_out`` has those files afterwards that could not be had.
    """
    zone = patient.practice.zone
    people = whole_person(patient)
    cases = list(Case.objects.with_facts().filter(patient__in=people).order_by("opened_on", "pk"))
    _print_missing(cases)
    seen = every(patient.practice, Choice(patients=tuple(people)))
    yield f"{folder}record.html", record_html(patient, cases)
    yield f"{folder}record.json", record_json(patient)
    yield f"{folder}fhir.json", bundle(patient, cases)
    yield f"{folder}reports.csv", logs_csv(cases, zone)
    yield f"{folder}access.csv", table(seen, zone)
    handouts = Handout.objects.filter(prescription__program__case__in=cases).order_by("pk")
    for paper in handouts.iterator(chunk_size=1):
        yield from left_out.entry(folder + handout_name(paper), paper)
    issued = IssuedPhotograph.objects.filter(prescription__program__case__in=cases)
    # One that several versions show is there once.
    for photograph in issued.order_by("digest", "pk").distinct("digest").iterator(chunk_size=1):
        yield from left_out.entry(folder + photograph_name(photograph), photograph)
    yield from _photographs(
        ExercisePicture.objects.filter(
            practice=patient.practice,
            exercise__in=_exercises(cases),
        ),
        folder,
        left_out,
    )


def practice_files(practice: Practice, left_out: LeftOutFiles) -> Files:
    """What is the practice's own, then each patient in a folder of their number."""
    yield "practice.json", practice_json(practice)
    yield "access.csv", table(every(practice, Choice()), practice.zone)
    logo = PracticeLogo.objects.filter(practice=practice).first()
    if logo is not None:
        yield f"logo.{logo.content_type.rpartition('/')[2]}", [bytes(logo.content)]
    yield from _photographs(ExercisePicture.objects.filter(practice=practice), "", left_out)
    patients = practice.patients.standing().order_by("pk").select_related("practice")
    for patient in patients.iterator(chunk_size=_CHUNK):
        yield from patient_files(patient, left_out, f"patients/{patient.pk}/")


def _print_missing(cases: list[Case]) -> None:
    """A version that nobody has printed yet is printed now: the record has each as it was given."""
    for case in cases:
        versions = IssuedPrescription.objects.filter(program__case=case, handouts=None)
        for issued in versions.select_related("issued_by", "program__case").order_by("pk"):
            access = printed_access(case, issued.issued_by)
            handout.kept(issued, access)


def _exercises(cases: list[Case]) -> set[int]:
    items = (program.items.values_list("exercise", flat=True) for case in cases
             for program in case.programs.all())  # fmt: skip
    return {exercise for found in items for exercise in found}


def _photographs(pictures: Iterable[ExercisePicture], folder: str, left_out: LeftOutFiles) -> Files:
    for picture in pictures:
        ending = picture.content_type.rpartition("/")[2]
        yield from left_out.entry(f"{folder}photographs/{picture.pk}.{ending}", picture)
