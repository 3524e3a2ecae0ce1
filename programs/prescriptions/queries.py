"""The programs a practice may see: where every view of a program starts."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

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


def prescriptions_of(practice: Practice) -> QuerySet[IssuedPrescription]:
    """Everything the practice has issued, latest version of each program first."""
    return (
        IssuedPrescription.objects.filter(program__case__practice=practice)
        .select_related("program__case__patient", "issued_by")
        .order_by("-version")
    )


def printed_access(case: Case, by: User) -> PatientAccess:
    """The patient's link to print on a handout: the standing one, else the one closed last.

    A download never opens a door that somebody closed. Only a case that never had a link gets one.
    """
    links = PatientAccess.objects.filter(case=case)
    latest = links.order_by(F("revoked_at").desc(nulls_first=True), "-pk").first()
    return latest or PatientAccess.objects.ensure(case=case, by=by)
