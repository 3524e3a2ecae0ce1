"""How many logs a second two workers of the real server store, with none lost and none twice."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, Final

from benchmarks.a_site import PATIENCE_S, Site, a_site, database_seconds
from benchmarks.devices import Device, headers_for, many_devices, session_of, symptoms
from benchmarks.door import HOST
from benchmarks.measure import Result
from benchmarks.wire import Wire
from patients.models import SymptomLog
from programs.sessions.models import ExerciseLog

WORKERS: Final = 2
PATIENTS: Final = 40
SENDERS: Final = 8
"""Devices that send at the same time; each sends for its share of the patients in turn."""
SECONDS: Final = 8
TWICE: Final = 7
"""Every so many batches one is sent again, as after a dead connection."""


def measure(runs: int) -> list[Result]:
    """Logs stored a second: each in a request of its own, and a whole session in one request.

    Whoever sends, the workers and the database share the cores; what each took is told.
    """
    devices = many_devices(PATIENTS)
    with a_site(workers=WORKERS) as site:
        _warm(site.port, devices)
        single, cost = _rate(site, devices, lambda device: [symptoms("before")])
        whole, _ = _rate(site, devices, session_of)
    return [
        Result("logs stored a second, one a request", round(single), "logs/s", ">= 200"),
        Result("processor time of the workers for one", cost[0], "ms"),
        Result("processor time of the database for one", cost[1], "ms"),
        Result("processor time of whoever sends for one", cost[2], "ms"),
        Result("logs stored a second, a session a request", round(whole), "logs/s", ">= 200"),
    ]


def _warm(port: int, devices: list[Device]) -> None:
    """Each worker reads the catalogue at its first log, which takes seconds."""
    for device in devices[: 4 * WORKERS]:
        next(_send(port, [device], lambda _: [symptoms("before")], time.monotonic() + PATIENCE_S))


def _rate(
    site: Site, devices: list[Device], make: Callable[[Device], list[Any]]
) -> tuple[float, list[float]]:
    """Send from all devices for a while: logs a second, and milliseconds of processor time a log.

    Those of the workers, of the database's processes, and of this one, which sends.

    What was sent and what is stored must be the same.
    """
    before, port, spent = _stored(), site.port, site.workers_seconds()
    asked, sent = database_seconds(), time.process_time()
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
    sent, asked = time.process_time() - sent, database_seconds() - asked
    stored = _stored() - before
    assert stored == sum(counts), f"sent {sum(counts)}, stored {stored}"
    each = (site.workers_seconds() - spent, asked, sent)
    return stored / took, [round(seconds * 1000 / stored, 2) for seconds in each]


def _send(
    port: int, devices: list[Device], make: Callable[[Device], list[Any]], until: float
) -> Iterator[int]:
    """Batches one after the other; the number of logs of each that the server said it has."""
    asking = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)
    line = Wire(HOST, port, timeout=PATIENCE_S)
    heads = {d: line.head(d.path, headers_for(asking, d)) for d in devices}
    asking.close()
    for n in count(1):
        if time.monotonic() >= until:
            break
        device = devices[n % len(devices)]
        entries = make(device)
        body = json.dumps({"entries": entries}).encode()
        for _ in range(2 if n % TWICE == 0 else 1):
            status, answer = line.post(heads[device], body)
            assert status == 200, answer
        said = json.loads(answer)
        assert len(said["stored"]) + len(said["known"]) == len(entries), said
        yield sum(entry["type"] != "session" for entry in entries)
    line.close()


def _stored() -> int:
    return SymptomLog.objects.count() + ExerciseLog.objects.count()
