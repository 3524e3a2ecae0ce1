"""How large a worker of the real server grows while it prints 200 handouts."""

from __future__ import annotations

import http.cookies
import urllib.request
from pathlib import Path

import psutil
from django.db import connection

from benchmarks.a_site import MB, PATIENCE_S, a_site
from benchmarks.door import HOST, patient_inside
from benchmarks.measure import Result
from programs.portal.door.cookie import cookie_name

HANDOUTS = 200


def measure(runs: int) -> list[Result]:
    """Peak resident memory of one worker, shared pages included."""
    client, page = patient_inside()
    cookie = client.cookies[cookie_name()].value
    with a_site(workers=1) as site:
        (worker,) = psutil.Process(site.pid).children()
        _print(f"http://{HOST}:{site.port}{page}", cookie)
        peak = _peak_bytes(worker.pid) / MB
    return [Result(f"worker after {HANDOUTS} handouts, peak memory", round(peak), "MB", "< 250")]


def _print(page: str, cookie: str) -> None:
    """Ask for normal and large print in turn, forgetting what was kept in between."""
    header = http.cookies.SimpleCookie({cookie_name(): cookie}).output(header="").strip()
    for _ in range(HANDOUTS // 2):
        with connection.cursor() as cursor:
            # Kept handouts are final; only emptying the whole table gets past that.
            cursor.execute("TRUNCATE programs_handout")
        for end in ("print/", "print-large/"):
            request = urllib.request.Request(page + end, headers={"Cookie": header})  # noqa: S310
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
                assert answer.headers["Content-Type"] == "application/pdf"
                assert len(answer.read()) > 10_000


def _peak_bytes(pid: int) -> int:
    """The kernel's own high-water mark."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("the kernel does not tell the peak memory of a process")
