"""The record of access as files: a table, and AuditEvents of FHIR R4."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain

from django.conf import settings

from clinic.models import Practice
from clinic.spreadsheets import csv_lines
from patients.oversight.entries import CHANGE, RecordEntry

HEADINGS = ("When", "Who", "What", "Page or action", "Patient", "Case", "About", "Request")
_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_REST = "http://terminology.hl7.org/CodeSystem/audit-event-type"
_PATIENT_RECORD = (_DICOM, "110110", "Patient Record")
_EXPORT = (_DICOM, "110106", "Export")
_SIGNING = (_DICOM, "110114", "User Authentication")
_OTHER = (_REST, "object", "Object")
#: What FHIR calls each kind: create, read, update, delete or execute.
_ACTIONS = {
    "read": "R", "print": "R", "export": "R", "sign_in": "E", "sign_out": "E", CHANGE: "U",
}  # fmt: skip


def table(entries: Iterable[RecordEntry], zone: dt.tzinfo) -> Iterator[bytes]:
    """One line an entry, times in the practice's zone, patients by their number."""
    rows = (
        (
            entry.at.astimezone(zone).isoformat(timespec="seconds"),
            entry.who,
            entry.kind_words,
            entry.code,
            entry.patient,
            entry.case,
            entry.target,
            entry.request_id,
        )
        for entry in entries
    )
    return csv_lines(chain([HEADINGS], rows))


def audit_events(entries: Iterable[RecordEntry], practice: Practice) -> Iterator[bytes]:
    """A bundle of AuditEvents, one after the other, so that a long one fits into little memory."""
    yield b'{"resourceType":"Bundle","type":"collection","entry":['
    comma = b""
    for entry in entries:
        event = audit_event(entry, practice)
        yield comma + b'{"resource":' + event.encode() + b"}"
        comma = b","
    yield b"]}"


def audit_event(entry: RecordEntry, practice: Practice) -> str:
    """One entry as JSON, as FHIR R4B's own model checks it."""
    # Loaded when used: it takes a second and 50 MB, which a page should not pay for.
    from fhir.resources.R4B.auditevent import AuditEvent

    event = AuditEvent.model_validate(
        {
            "type": _coding(*_kind(entry)),
            "subtype": [_coding(f"{settings.PUBLIC_URL}/fhir/actions", entry.code, entry.what)],
            "action": _ACTIONS[entry.kind],
            "recorded": entry.at.isoformat(),
            "outcome": "0",
            "agent": [{"who": _who(entry), "requestor": entry.person is not None}],
            "source": {"observer": {"display": practice.name}},
            "entity": _entities(entry) or None,
        }
    )
    return str(event.model_dump_json())


def _kind(entry: RecordEntry) -> tuple[str, str, str]:
    if entry.kind in ("sign_in", "sign_out"):
        return _SIGNING
    if entry.kind == "export":
        return _EXPORT
    return _PATIENT_RECORD if entry.patient else _OTHER


def _coding(system: str, code: str, display: str) -> dict[str, str]:
    return {"system": system, "code": code, "display": display}


def _who(entry: RecordEntry) -> dict[str, object]:
    if entry.person is None:
        return {"display": entry.who}
    return {"reference": f"Practitioner/{entry.person}", "display": entry.who}


def _entities(entry: RecordEntry) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    if entry.patient:
        found.append({"what": {"reference": f"Patient/{entry.patient}"}})
    if entry.case:
        found.append({"what": {"reference": f"EpisodeOfCare/{entry.case}"}})
    if entry.target:
        found.append({"what": {"identifier": {"value": entry.target}}})
    if entry.request_id:
        number = {"type": "request", "valueString": str(entry.request_id)}
        found.append({"what": {"display": "The request"}, "detail": [number]})
    return found
