"""Handouts of several patients as one file: two clinicians at once, on two workers."""

from __future__ import annotations

import threading
import time
import urllib.request
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.test import Client
from django.urls import reverse

from benchmarks.a_site import PATIENCE_S, Site, a_site
from benchmarks.door import HOST
from benchmarks.journeys.people import whose
from benchmarks.measure import Result
from programs.prescriptions.queries import running_now

WORKERS: Final = 2
WAYS: Final = (
    {"kind": "standard", "paper": "Letter"},
    {"kind": "standard", "size": "large"},
    {"kind": "standard", "chart": "no"},
    {"kind": "standard", "size": "large", "paper": "Letter"},
)
"""How they are printed: ways in which none of them is kept yet."""


def measure(runs: int) -> list[Result]:
    """Handouts a second, what one takes of a processor, and the largest worker's peak memory.

    Each clinician waits on the page that renders one at each look, and takes the file at the end.
    Every handout is rendered once, however many runs are asked for.
    """
    practice, owner = whose()
    numbers = list(running_now(practice).values_list("pk", flat=True))
    client = Client(SERVER_NAME=HOST)
    client.force_login(owner, "django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    cookie = f"{name}={client.cookies[name].value}"
    with a_site(workers=WORKERS) as site:
        before, began = site.workers_seconds(), time.perf_counter()
        waiting = [
            threading.Thread(target=_printed, args=(site, cookie, numbers, WAYS[n::WORKERS]))
            for n in range(WORKERS)
        ]
        for one in waiting:
            one.start()
        for one in waiting:
            one.join()
        took, worked = time.perf_counter() - began, site.workers_seconds() - before
        peak = max(map(_peak_mb, psutil.Process(site.pid).children()))
    count = len(numbers) * len(WAYS)
    what = f"{count} handouts for several patients on {WORKERS} workers"
    return [
        Result(f"{what}, a second by the clock", round(count / took, 1), "", ">= 4"),
        Result(
            f"{what}, as many a second as two whole cores make",
            round(WORKERS * count / worked, 1),
            "",
            ">= 4",
        ),
        Result(f"{what}, peak memory of the larger worker", round(peak), "MB", "< 250"),
    ]


def _printed(site: Site, cookie: str, numbers: list[int], ways: tuple[dict[str, str], ...]) -> None:
    """One file after the other, each looked for as often as its page does."""
    for way in ways:
        query, named = urlencode(way), "-".join(map(str, numbers))
        wait = f"{reverse('handouts_wait', args=[named])}?{query}"
        for _ in numbers:
            _got(site, cookie, wait)
        pdf = _got(site, cookie, f"{reverse('handouts_together', args=[named])}?{query}")
        if not pdf.startswith(b"%PDF"):
            raise RuntimeError("a handout was not ready after as many looks as there are handouts")


def _got(site: Site, cookie: str, address: str) -> bytes:
    url = f"http://{HOST}:{site.port}{address}"
    request = urllib.request.Request(url, headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
        told: bytes = answer.read()
    return told


def _peak_mb(worker: psutil.Process) -> float:
    """The kernel's own high-water mark of a process."""
    for line in Path(f"/proc/{worker.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel does not tell the peak memory of a process")
