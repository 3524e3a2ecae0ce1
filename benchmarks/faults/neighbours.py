"""Mail servers and clients that are slow, or never done."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from django.conf import settings

from benchmarks.faults.cluster import Cluster
from benchmarks.faults.measure import Line, nothing_lost
from benchmarks.faults.site import Clinician, People, logging, site, site_environment

HALF = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\nuser"
HALVES = 50
DRIP_S = 2
LETTER_S = 20
"""As ``settings.LETTER_SECONDS``."""


def mail_hangs(cluster: Cluster, people: People, folder: Path) -> Line:
    """A server that lets one byte drip every two seconds, and never ends its greeting."""
    with _dripping() as (port, lines):
        mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port), "EMAIL_USE_TLS": "0"}
        url = cluster.url("homeward_app")
        with site(url, **mail) as at:
            alice = Clinician(at, people)
            form = alice.token()
            begun = time.monotonic()
            assert alice.post("/practice/test-email/", form) == 302
            waited = time.monotonic() - begun
        with cluster.superuser() as connection:
            connection.execute("UPDATE clinic_postedletter SET next_try_at = now()")
        begun, before = time.monotonic(), len(lines)
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_due", "--every", "60"], cwd=settings.BASE_DIR,
            env=site_environment(url, **mail), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while len(lines) == before and time.monotonic() - begun < 180:
            time.sleep(0.1)
        assert len(lines) > before, "run_due has not tried the letter"
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        stopped = time.monotonic() - asked
    assert waited < 2, waited
    assert stopped < LETTER_S + 5, stopped
    with cluster.superuser() as connection:
        row = connection.execute("SELECT count(*) FROM clinic_postedletter").fetchone()
    assert row == (1,), "the letter that did not go is kept"
    told = f"page after {waited:.1f} s; run_due, told to stop, gave up and kept the letter"
    return Line("mail server drips", told, stopped)


def slow_clients(cluster: Cluster, people: People, folder: Path) -> Line:
    """Fifty who send half a form and wait, while patients log."""
    with site(cluster.url("homeward_app")) as at, ExitStack() as stack:
        for _ in range(HALVES):
            line = socket.create_connection(("127.0.0.1", at.port))
            stack.enter_context(line)
            line.sendall(HALF)
        waited = []
        with logging(at, people) as heard:
            for _ in range(20):
                begun = time.monotonic()
                assert at.get("/sign-in/") is not None
                waited.append(time.monotonic() - begun)
    stored = nothing_lost(cluster, heard)
    assert max(waited) < 3, max(waited)
    told = f"{stored} logs stored meanwhile; the slowest page took {max(waited):.1f} s"
    return Line(f"{HALVES} clients send half a form", told)


@contextmanager
def _dripping() -> Iterator[tuple[int, list[socket.socket]]]:
    """Its port, and the lines that have come in."""
    lines: list[socket.socket] = []
    stop = threading.Event()

    def drip(line: socket.socket) -> None:
        with line, suppress(OSError):
            while not stop.wait(DRIP_S):
                line.sendall(b"2")

    def serve(listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                lines.append(line)
                threading.Thread(target=drip, args=(line,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        try:
            yield listening.getsockname()[1], lines
        finally:
            stop.set()
            listening.shutdown(socket.SHUT_RDWR)
