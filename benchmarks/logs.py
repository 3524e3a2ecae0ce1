"""How many logs a second two workers of the real server store, with none lost and none twice."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from django.conf import settings
from django.test import Client
from django.urls import reverse

from benchmarks.door import HOST, an_access
from benchmarks.measure import Result
from benchmarks.start import free_port, wait_for_page
from patients.models import SymptomLog
from patients.record.actions import open_case, register_patient
from programs.access.models import PatientAccess
from programs.portal.door.cookie import cookie_name
from programs.prescriptions.models import IssuedPrescription, Program
from programs.sessions.models import ExerciseLog

WORKERS: Final = 2
PATIENTS: Final = 40
SENDERS: Final = 8
"""Devices that send at the same time; each sends for its share of the patients in turn."""
SECONDS: Final = 8
TWICE: Final = 7
"""Every so many batches one is sent again, as after a dead connection."""
PATIENCE_S: Final = 60


@dataclass(frozen=True, slots=True)
class Device:
    """A remembered device: where its log goes, its cookie, and an exercise of its program."""

    path: str
    cookie: str
    item: str


def measure(runs: int) -> list[Result]:
    """Logs stored a second: each in a request of its own, and a whole session in one request."""
    devices = [_device(access) for access in _accesses()]
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "python:clinic.server.gunicorn_config",
            "clinic.wsgi",
        ],
        cwd=settings.BASE_DIR,
        env={**os.environ, "BIND": f"{HOST}:{port}", "WEB_CONCURRENCY": str(WORKERS)},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_page(f"http://{HOST}:{port}/sign-in/")
        single = _rate(port, devices, lambda device: [_symptoms("before")])
        whole = _rate(port, devices, _session)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=PATIENCE_S)
    return [
        Result("logs stored a second, one a request", round(single), "logs/s", ">= 200"),
        Result("logs stored a second, a session a request", round(whole), "logs/s", ">= 200"),
    ]


def _rate(port: int, devices: list[Device], make: Callable[[Device], list[Any]]) -> float:
    """Send from all devices for a while; what was sent and what is stored must be the same."""
    before = _stored()
    counts = [0] * SENDERS
    until = time.monotonic() + SECONDS

    def send(n: int) -> None:
        counts[n] = sum(_send(port, devices[n::SENDERS], make, until))

    threads = [threading.Thread(target=send, args=(n,)) for n in range(SENDERS)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - started
    stored = _stored() - before
    assert stored == sum(counts), f"sent {sum(counts)}, stored {stored}"
    return stored / took


def _send(
    port: int, devices: list[Device], make: Callable[[Device], list[Any]], until: float
) -> Iterator[int]:
    """Batches one after the other; the number of logs of each that the server said it has."""
    line = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)
    headers = {device: _headers(line, device) for device in devices}
    for n in count(1):
        if time.monotonic() >= until:
            break
        device = devices[n % len(devices)]
        entries = make(device)
        body = json.dumps({"entries": entries})
        for _ in range(2 if n % TWICE == 0 else 1):
            line.request("POST", device.path, body, headers[device])
            answer = line.getresponse()
            said = json.loads(answer.read())
            assert answer.status == 200, said
        assert len(said["stored"]) + len(said["known"]) == len(entries), said
        yield sum(entry["type"] != "session" for entry in entries)
    line.close()


def _headers(line: http.client.HTTPConnection, device: Device) -> dict[str, str]:
    line.request("GET", device.path, headers={"Cookie": device.cookie})
    answer = line.getresponse()
    csrf = str(answer.headers["Set-Cookie"]).split(";")[0]
    return {
        "Cookie": f"{device.cookie}; {csrf}",
        "X-CSRFToken": json.loads(answer.read())["token"],
        "Content-Type": "application/json",
    }


def _stored() -> int:
    return SymptomLog.objects.count() + ExerciseLog.objects.count()


def _accesses() -> Iterator[PatientAccess]:
    """Links of many patients, each with a program of their own, copied from one of the demo."""
    pattern = an_access().case
    program = pattern.programs.get(ended_at=None)
    issued = program.prescriptions.order_by("-version")[:1].get()
    by = pattern.clinician
    for n in range(PATIENTS):
        patient = register_patient(
            practice=pattern.practice,
            actor=by,
            values={
                "full_name": f"Patient {n}",
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
            payload=issued.payload,
            draft={},
            digest=issued.digest,
            issue_key=uuid.uuid4(),
            issued_by=by,
        )
        yield PatientAccess.objects.ensure(case=case, by=by)


def _device(access: PatientAccess) -> Device:
    client = Client(SERVER_NAME=HOST)
    year = {"year": access.case.patient.date_of_birth.year}
    page = client.post(reverse("portal_door", args=[access.token]), year)["Location"]
    issued = access.case.programs.get(ended_at=None).prescriptions.first()
    assert issued is not None
    items = [i.item for i in issued.prescription().items if i.kind in ("exercise", "release")]
    cookie = f"{cookie_name()}={client.cookies[cookie_name()].value}"
    return Device(f"{page}log/", cookie, items[0])


def _entry(kind: str, session: str, **fields: Any) -> dict[str, Any]:
    now = dt.datetime.now(dt.UTC).isoformat()
    return {"type": kind, "id": str(uuid.uuid4()), "session": session, "at": now, **fields}


def _symptoms(phase: str, session: str = "") -> dict[str, Any]:
    return _entry(
        "symptoms",
        session or str(uuid.uuid4()),
        phase=phase,
        pain=3,
        regions=["thigh_back_left"],
        kinds=["pain"],
    )


def _session(device: Device) -> list[dict[str, Any]]:
    """What a session of one exercise leaves in the queue of a device without a connection."""
    name = str(uuid.uuid4())
    return [
        _entry("session", name, state="open"),
        _symptoms("before", name),
        _entry("exercise", name, item=device.item, state="done", sets=1, reps=10),
        _symptoms("after", name),
        _entry("session", name, state="finished"),
        _symptoms("settled", name),
    ]
