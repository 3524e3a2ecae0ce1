"""From ``make run`` to the first page, with everything installed and the data there."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import statistics
import subprocess
import time
import urllib.error
import urllib.request

from django.conf import settings

from benchmarks.measure import Result

PATIENCE_S = 60


def measure(runs: int) -> list[Result]:
    """Seconds from the command to the answer to the first request, and what stopping takes."""
    started, stopped = zip(*(_start_and_stop() for _ in range(runs)), strict=True)
    return [
        Result("make run, again, to the first page", _median(started), "s", "< 5"),
        Result("Ctrl-C to everything stopped", _median(stopped), "s"),
    ]


def _median(times: tuple[float, ...]) -> float:
    return round(statistics.median(times), 2)


def _start_and_stop() -> tuple[float, float]:
    port = free_port()
    began = time.perf_counter()
    server = subprocess.Popen(
        ["make", "--no-print-directory", "run", f"PORT={port}"],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for_page(f"http://127.0.0.1:{port}/sign-in/")
        up = time.perf_counter() - began
    finally:
        asked = time.perf_counter()
        with contextlib.suppress(ProcessLookupError):
            # As a terminal does at Ctrl-C: to every process of the group.
            os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=PATIENCE_S)
    return up, time.perf_counter() - asked


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for_page(url: str) -> None:
    """Ask until the page is there; ``TimeoutError`` after a minute."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=PATIENCE_S).close()  # noqa: S310 (our own server)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
        else:
            return
    raise TimeoutError(f"{url} did not answer within {PATIENCE_S} s")
