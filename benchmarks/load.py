"""A working day in two minutes: clinicians and patients at once, on the server as it is run.

Every person waits a while between two requests, as people do, and comes back over a new connection
where the old one has ended. What is due is done beside it, as in compose. ``LOAD_SECONDS``, or
``--minutes``, makes the day longer. What each address took is printed beside the figures
(``benchmarks.by_address``).
"""

from __future__ import annotations

import http.client
import io
import json
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from benchmarks import by_address
from benchmarks.a_site import PATIENCE_S, Site, a_site, due_work
from benchmarks.devices import Device, headers_for, many_devices, session_of
from benchmarks.door import HOST
from benchmarks.measure import Result, p95
from clinic.models import Membership, Role, User
from patients.models import Case
from programs.prescriptions.models import Program

CLINICIANS: Final = 20
PATIENTS: Final = 100
WORKERS: Final = 2
SECONDS: Final = int(os.environ.get("LOAD_SECONDS", "120"))
CLINICIAN_WAITS_S: Final = 6.0
PATIENT_WAITS_S: Final = 15.0
SEED: Final = 20261120
#: A request: method, address, body, headers.
Request = tuple[str, str, str | None, dict[str, str]]


@dataclass(slots=True)
class Seen:
    """What everybody saw: each answer, and what went wrong."""

    answers: list[by_address.Answer] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dropped: int = 0


def measure(runs: int) -> list[Result]:
    """Errors, dropped connections, the 95th percentile, and how memory grew in the second half."""
    clinicians = [_clinic_day(user) for user in _clinicians()]
    devices = many_devices(PATIENTS)
    # As on any morning: what was due by now has been done, and the workers are warm.
    call_command("run_due", stdout=io.StringIO())
    with a_site(workers=WORKERS, serving="benchmarks.metered") as site, due_work():
        site.settle()
        patients = [_patient_day(site, device) for device in devices]
        seen, early, late = _day(site, clinicians, patients)
    for error in sorted(set(seen.errors))[:5]:
        print(f"load: {error}")
    print(by_address.table(seen.answers), flush=True)
    who = f"{CLINICIANS} clinicians and {PATIENTS} patients for {SECONDS} s"
    return [
        Result(f"{who}: requests", len(seen.answers), ""),
        Result(f"{who}: errors", len(seen.errors), "", "= 0"),
        Result(f"{who}: dropped connections", seen.dropped, "", "= 0"),
        Result(
            f"{who}: median answer", round(statistics.median(a.took for a in seen.answers)), "ms"
        ),
        Result(
            f"{who}: 95th percentile",
            round(p95(answer.took for answer in seen.answers)),
            "ms",
            "< 300",
        ),
        Result(f"{who}: memory at the end to memory at half time", late / early, "x", "< 1.1"),
    ]


def _day(
    site: Site, clinicians: list[Iterator[Request]], patients: list[Iterator[Request]]
) -> tuple[Seen, float, float]:
    """Everybody at once; what they saw, and the workers' memory at half time and at the end."""
    seen, until = Seen(), time.monotonic() + SECONDS
    people = [(day, CLINICIAN_WAITS_S) for day in clinicians]
    people += [(day, PATIENT_WAITS_S) for day in patients]
    threads = [
        threading.Thread(target=_live, args=(site, day, waits, n, until, seen))
        for n, (day, waits) in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS / 2)
    early = site.workers_mb()
    for thread in threads:
        thread.join()
    return seen, early, site.workers_mb()


def _live(
    site: Site, day: Iterator[Request], waits: float, number: int, until: float, seen: Seen
) -> None:
    chance = random.Random(SEED + number)
    # People arrive over the first third of the time, as they do in the morning.
    time.sleep(chance.uniform(0, SECONDS / 3))
    try:
        for request in day:
            if time.monotonic() >= until:
                return
            _ask(site, request, seen)
            time.sleep(chance.uniform(0.5, 1.5) * waits)
    except (OSError, http.client.HTTPException, ValueError) as error:
        # What a device asks before its first page: whoever cannot begin is not passed over.
        seen.errors.append(f"could not begin: {error!r}")


def _ask(site: Site, request: Request, seen: Seen) -> None:
    method, address, body, headers = request
    line = http.client.HTTPConnection(HOST, site.port, timeout=PATIENCE_S)
    began = time.perf_counter()
    try:
        line.request(method, address, body, headers)
        answer = line.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        seen.dropped += 1
        seen.errors.append(f"{method} {address}: {error!r}")
        return
    finally:
        line.close()
    took = (time.perf_counter() - began) * 1000
    timing = answer.headers.get("Server-Timing", "")
    seen.answers.append(by_address.Answer.of(method, address, took, timing))
    if answer.status != 200:
        seen.errors.append(f"{method} {address}: {answer.status}")


def _clinicians() -> Iterator[User]:
    """So many clinicians of the demo practice, each signed in on a browser of their own."""
    practice = Program.objects.select_related("case__practice")[0].case.practice
    for n in range(CLINICIANS):
        user = User.objects.create(email=f"clinician-{n}@harbour.example", full_name=f"Person {n}")
        Membership.objects.create(practice=practice, user=user, role=Role.CLINICIAN)
        yield user


def _clinic_day(user: User) -> Iterator[Request]:
    """The pages of a clinic's day, over and over."""
    client = Client(SERVER_NAME=HOST)
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    name = settings.SESSION_COOKIE_NAME
    headers = {"Cookie": f"{name}={client.cookies[name].value}"}
    practice = user.memberships.get().practice
    cases = list(Case.objects.filter(practice=practice, closed_at=None)[:CLINICIANS])
    draft = Program.objects.filter(case__practice=practice, draft_open=True).first()
    case = cases[user.pk % len(cases)]
    address = case.get_absolute_url()
    pages = ["/", "/patients/", "/patients/?q=mar", address, f"{address}chart/", "/inbox/"]
    pages += [f"{address}history/", "/exercises/?q=stretch"]
    if draft is not None:
        pages.append(f"/programs/{draft.pk}/?q=bend")
    return (("GET", page, None, headers) for page in cycle(pages))


def _patient_day(site: Site, device: Device) -> Iterator[Request]:
    """The program is opened, and a session sent in."""
    line = http.client.HTTPConnection(HOST, site.port, timeout=PATIENCE_S)
    sending = headers_for(line, device)
    line.close()
    home = device.path.removesuffix("log/")
    while True:
        yield "GET", home, None, {"Cookie": device.cookie}
        yield "GET", f"{home}session/", None, {"Cookie": device.cookie}
        yield "POST", device.path, json.dumps({"entries": session_of(device)}), sending
