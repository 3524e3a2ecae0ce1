"""What was prescribed: a plan for each program, an order for each exercise, the handouts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from patients.models import Case
from programs.exchange.fhir.parts import Resource, concept, moment, note, period, ref, without_empty
from programs.exchange.rows import handout_name
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.prescription import PrescribedExercise


def program_resources(case: Case, patient: Any) -> Iterator[Resource]:
    """Each program with every version that was issued of it."""
    for program in case.programs.all():
        issued = list(program.prescriptions.select_related("issued_by").order_by("version"))
        for row in issued:
            for number, item in enumerate(row.words().items):
                yield _order(row, number, item, patient, current=_is_current(row, issued, program))
        yield _plan(program, issued, patient)
        for handout in Handout.objects.filter(prescription__program=program).order_by("pk"):
            yield _document(handout, patient)


def _plan(program: Program, issued: list[IssuedPrescription], patient: Any) -> Resource:
    latest = issued[-1] if issued else None
    state = "completed" if program.ended_at else "active" if latest else "draft"
    orders = len(latest.words().items) if latest else 0
    return without_empty(
        {
            "resourceType": "CarePlan",
            "id": f"{program.pk}",
            "status": state,
            "intent": "plan",
            "title": program.title,
            "subject": ref("Patient", patient),
            "period": period(program.created_at, program.ended_at),
            "author": ref("Practitioner", program.created_by_id),
            "activity": [
                {"reference": ref("ServiceRequest", _order_key(latest, number))}
                for number in range(orders)
                if latest
            ],
            "note": note(program.note),
        }
    )


def _order(
    row: IssuedPrescription,
    number: int,
    item: PrescribedExercise,
    patient: Any,
    *,
    current: bool,
) -> Resource:
    words = [item.dose_words, item.modification, item.note, *(c.text for c in item.cautions)]
    return without_empty(
        {
            "resourceType": "ServiceRequest",
            "id": _order_key(row, number),
            "status": "active" if current else "completed",
            "intent": "order",
            "code": concept(item.name, item.exercise),
            "bodySite": [concept(item.side_words)] if item.side_words else None,
            "subject": ref("Patient", patient),
            "authoredOn": moment(row.issued_at),
            "requester": ref("Practitioner", row.issued_by_id),
            "patientInstruction": "\n".join(word for word in words if word),
        }
    )


def _order_key(row: IssuedPrescription, number: int) -> str:
    return f"order-{row.pk}-{number + 1}"


def _is_current(
    row: IssuedPrescription, issued: list[IssuedPrescription], program: Program
) -> bool:
    return row is issued[-1] and program.ended_at is None


def _document(handout: Handout, patient: Any) -> Resource:
    """The PDF, which stands beside the bundle as a file."""
    size = "large print" if handout.large_print else "normal print"
    return {
        "resourceType": "DocumentReference",
        "id": f"handout-{handout.pk}",
        "status": "current",
        "type": concept(f"Handout, {size}", "handout"),
        "subject": ref("Patient", patient),
        "date": moment(handout.rendered_at),
        "content": [
            {
                "attachment": {
                    "contentType": "application/pdf",
                    "url": handout_name(handout),
                    "size": handout.size,
                    "creation": moment(handout.rendered_at),
                }
            }
        ],
    }
