"""Devices of many patients that are through the door, and what such a device sends."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from benchmarks.door import HOST, an_access
from clinic.models import Practice, User
from patients.models import Case
from patients.record.actions import open_case, register_patient
from programs.access.models import PatientAccess
from programs.portal.door.cookie import cookie_name
from programs.prescriptions.models import IssuedPrescription, Program


@dataclass(frozen=True, slots=True)
class Device:
    """A remembered device: where its log goes, its cookie, and an exercise of its program."""

    path: str
    cookie: str
    item: str


def many_devices(count: int) -> list[Device]:
    """One device each for so many new patients of the demo, each with a program of its own."""
    return [_device(access) for access in _accesses(count)]


def headers_for(line: http.client.HTTPConnection, device: Device) -> dict[str, str]:
    """What a page of this device sends its logs with."""
    line.request("GET", device.path, headers={"Cookie": device.cookie})
    answer = line.getresponse()
    if answer.status != 200:
        raise OSError(f"{device.path}: {answer.status}")
    csrf = str(answer.headers["Set-Cookie"]).split(";")[0]
    return {
        "Cookie": f"{device.cookie}; {csrf}",
        "X-CSRFToken": json.loads(answer.read())["token"],
        "Content-Type": "application/json",
    }


def _accesses(count: int) -> Iterator[PatientAccess]:
    """Links of many patients, each with a program of their own, copied from one of the demo."""
    pattern = an_access().case
    for n in range(count):
        yield _access(pattern.practice, pattern.clinician, f"Patient {n}")


def a_device(practice: Practice, by: User) -> tuple[Device, Case]:
    """A device of a new patient of this practice, and their case."""
    access = _access(practice, by, "Patient Zero")
    return _device(access), access.case


def _access(practice: Practice, by: User, name: str) -> PatientAccess:
    pattern = an_access().case
    program = pattern.programs.get(ended_at=None)
    issued = program.prescriptions.order_by("-version")[:1].get()
    patient = register_patient(
        practice=practice,
        actor=by,
        values={
            "full_name": name,
            "date_of_birth": dt.date(1950, 1, 1),
            "email": "",
            "phone": "",
            "clinician_notes": "",
            "sex": "",
        },
    )
    facts = {"title": "Low back", "clinician": [by.pk, str(by)]}
    case = open_case(patient=patient, actor=by, facts=facts)
    people = {"created_by": by, "changed_by": by}
    own = Program.objects.create(case=case, title=program.title, draft_open=False, **people)
    IssuedPrescription.objects.create(
        program=own,
        version=1,
        payload=issued.whole_payload(),
        draft={},
        digest=issued.digest,
        issue_key=uuid.uuid4(),
        issued_by=by,
    )
    return PatientAccess.objects.ensure(case=case, by=by)


def _device(access: PatientAccess) -> Device:
    client = Client(SERVER_NAME=HOST)
    year = {"year": access.case.patient.date_of_birth.year}
    page = client.post(reverse("portal_door", args=[access.token]), year)["Location"]
    issued = access.case.programs.get(ended_at=None).prescriptions.first()
    assert issued is not None
    items = [i.item for i in issued.words().items if i.kind in ("exercise", "release")]
    cookie = f"{cookie_name()}={client.cookies[cookie_name()].value}"
    return Device(f"{page}log/", cookie, items[0])


def entry(kind: str, session: str, **fields: Any) -> dict[str, Any]:
    """One entry of a batch, new and of this moment."""
    now = dt.datetime.now(dt.UTC).isoformat()
    return {"type": kind, "id": str(uuid.uuid4()), "session": session, "at": now, **fields}


def symptoms(phase: str, session: str = "") -> dict[str, Any]:
    """How it is at one moment."""
    return entry(
        "symptoms",
        session or str(uuid.uuid4()),
        phase=phase,
        pain=3,
        regions=["thigh_back_left"],
        kinds=["pain"],
    )


def session_of(device: Device) -> list[dict[str, Any]]:
    """What a session of one exercise leaves in the queue of a device without a connection."""
    name = str(uuid.uuid4())
    return [
        entry("session", name, state="open"),
        symptoms("before", name),
        entry("exercise", name, item=device.item, state="done", sets=1, reps=10),
        symptoms("after", name),
        entry("session", name, state="finished"),
        symptoms("settled", name),
    ]
