"""The programs a practice may see: where every view of a program starts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from clinic.models import Practice, User
from patients.models import Case
from programs.access.models import PatientAccess
from programs.prescriptions.models import IssuedPrescription, Program


def programs_of(practice: Practice) -> QuerySet[Program]:
    """The programs of the practice's cases, with case, patient and practice in one query."""
    return Program.objects.filter(case__practice=practice).select_related(
        "case__patient", "case__practice", "case__clinician", "changed_by"
    )


def whose_program(practice: Practice, program_id: Any) -> QuerySet[Any, Any]:
    """Whose record a program is a part of; see ``clinic.looks``."""
    found = Program.objects.filter(case__practice=practice, pk=program_id)
    return found.values_list("case__patient_id", "case_id")


def whose_picked(practice: Practice, picked: str) -> QuerySet[Any, Any]:
    """Whose records some versions are a part of, each patient once; see ``clinic.looks``."""
    found = prescriptions_of(practice).filter(pk__in=numbers_in(picked)).order_by()
    return found.values_list("program__case__patient_id", "program__case_id").distinct()


def numbers_in(text: str) -> list[int]:
    """``12-45``, as an address names rows, as numbers, each once; what is none is left out."""
    parts = [p for p in text.split("-") if p.isascii() and p.isdecimal() and len(p) < 16]
    return list(dict.fromkeys(map(int, parts)))


def prescriptions_of(practice: Practice) -> QuerySet[IssuedPrescription]:
    """Everything the practice has issued, latest version of each program first."""
    return (
        IssuedPrescription.objects.filter(program__case__practice=practice)
        .select_related("program__case__patient", "issued_by")
        .order_by("-version")
    )


def running_now(practice: Practice) -> QuerySet[IssuedPrescription]:
    """What patients have now: of each program that runs the latest version, the newest first."""
    newer = IssuedPrescription.objects.filter(
        program=OuterRef("program"), version__gt=OuterRef("version")
    )
    return (
        prescriptions_of(practice)
        .filter(
            ~Exists(newer),
            program__ended_at=None,
            program__case__closed_at=None,
            program__case__patient__archived_at=None,
        )
        .order_by("-issued_at", "-pk")
    )


def printed_access(case: Case, by: User) -> PatientAccess:
    """The patient's link to print on a handout; see ``printed_accesses``."""
    return printed_accesses([case], by)[case.pk]


def printed_accesses(cases: Iterable[Case], by: User) -> dict[Any, PatientAccess]:
    """By case: the standing link, else the one closed last; in one query.

    A download never opens a door that somebody closed. Only a case that never had a link gets one.
    """
    wanted = {case.pk: case for case in cases}
    links = PatientAccess.objects.of_patients().filter(case__in=wanted)
    oldest_first = links.order_by(F("revoked_at").asc(nulls_last=True), "pk")
    found = {link.case_id: link for link in oldest_first}
    for key in wanted.keys() - found.keys():
        found[key] = PatientAccess.objects.ensure(case=wanted[key], by=by)
    return found


def own_link(case: Case) -> PatientAccess | None:
    """The patient's own link, the standing one before the one closed last."""
    links = PatientAccess.objects.of_patients().filter(case=case)
    return links.order_by(F("revoked_at").desc(nulls_first=True), "-pk").first()
