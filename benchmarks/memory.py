"""How large a worker of the real server grows while it prints 200 handouts."""

from __future__ import annotations

import http.cookies
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connection

from benchmarks.door import patient_inside
from benchmarks.measure import Result
from benchmarks.start import free_port, wait_for_page
from programs.portal.door.cookie import cookie_name

HANDOUTS = 200
MB = 1024 * 1024
PATIENCE_S = 60


def measure(runs: int) -> list[Result]:
    """Peak resident memory of one worker, shared pages included."""
    client, page = patient_inside()
    cookie = client.cookies[cookie_name()].value
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
        env={**os.environ, "BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1"},
        stdout=subprocess.DEVNULL,
    )
    try:
        root = f"http://127.0.0.1:{port}"
        wait_for_page(f"{root}/sign-in/")
        (worker,) = psutil.Process(server.pid).children()
        _print(f"{root}{page}", cookie)
        peak = _peak_bytes(worker.pid) / MB
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=PATIENCE_S)
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
