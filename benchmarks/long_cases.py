"""What the post of one log costs behind 20, 100 and 400 sessions of the same case.

One process, the three cases by turns. Processor time is that of the program; the clock's also has
the database in it, and whatever else the machine does.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
import uuid
from typing import Any, Final

from django.test import Client

from benchmarks.devices import Device, many_devices, session_of, symptoms
from benchmarks.door import HOST
from benchmarks.measure import Result, p95
from programs.sessions.entries import MOST_ENTRIES

SESSIONS: Final = (20, 100, 400)
APART: Final = dt.timedelta(hours=12)
GOAL: Final = "<= 1.2"


def measure(runs: int) -> list[Result]:
    """Milliseconds of a post for each length, and the longest against the shortest."""
    cases = [_case(device, many) for device, many in zip(many_devices(3), SESSIONS, strict=True)]
    spent: list[list[float]] = [[] for _ in cases]
    clock: list[list[float]] = [[] for _ in cases]
    for _ in range(2 + 2 * runs):
        for (client, device), cpu, wall in zip(cases, spent, clock, strict=True):
            begun, at = time.process_time(), time.perf_counter()
            _send(client, device, [symptoms("before")])
            cpu.append((time.process_time() - begun) * 1000)
            wall.append((time.perf_counter() - at) * 1000)
    half = [statistics.median(row[2:]) for row in spent]
    late = [p95(row[2:]) for row in clock]
    results = []
    for many, middle, slow in zip(SESSIONS, half, late, strict=True):
        results += [
            Result(f"a log behind {many} sessions, processor time", round(middle, 2), "ms"),
            Result(f"a log behind {many} sessions, 95th of 100 by the clock", round(slow, 1), "ms"),
        ]
    name = f"a log behind {SESSIONS[-1]} sessions : behind {SESSIONS[0]}"
    return [*results, Result(name, round(half[-1] / half[0], 2), "", GOAL)]


def _case(device: Device, many: int) -> tuple[Client, Device]:
    """A device whose case has so many sessions, one each half day until now."""
    client = Client(SERVER_NAME=HOST)
    client.cookies.load(device.cookie)
    first = dt.datetime.now(dt.UTC) - many * APART
    waiting: list[Any] = []
    for n in range(many):
        waiting += _at(session_of(device), first + n * APART)
        if len(waiting) > MOST_ENTRIES - 10:
            _send(client, device, waiting)
            waiting = []
    _send(client, device, [*waiting, *_at([symptoms("before", str(uuid.uuid4()))], first)])
    return client, device


def _at(entries: list[Any], begun: dt.datetime) -> list[Any]:
    """The entries, a minute apart from this moment on."""
    minute = dt.timedelta(minutes=1)
    return [{**e, "at": (begun + n * minute).isoformat()} for n, e in enumerate(entries)]


def _send(client: Client, device: Device, entries: list[Any]) -> None:
    body = json.dumps({"entries": entries})
    answer = client.post(device.path, body, content_type="application/json")
    said = json.loads(answer.content)
    assert answer.status_code == 200, said
    assert len(said["stored"]) == len(entries), said
