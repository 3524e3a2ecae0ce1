"""The real server on this machine, for as long as something is measured."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
from django.conf import settings

from benchmarks.door import HOST
from benchmarks.start import free_port, wait_for_page

PATIENCE_S = 60
_STILL_S = 2
MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Site:
    """Where it answers, and the process whose children are its workers."""

    port: int
    pid: int

    def workers_mb(self) -> float:
        """Memory of all workers together, shared pages counted once for each."""
        workers = psutil.Process(self.pid).children()
        return sum(worker.memory_info().rss for worker in workers) / MB

    def workers_seconds(self) -> float:
        """Processor time that all workers together have taken."""
        times = [worker.cpu_times() for worker in psutil.Process(self.pid).children()]
        return sum(time.user + time.system for time in times)

    def settle(self) -> None:
        """Wait until the workers have made themselves ready: they take no processor time then."""
        before = -1.0
        while (now := self.workers_seconds()) - before > 0.02:
            before = now
            time.sleep(_STILL_S)


def database_seconds() -> float:
    """Processor time that the embedded server's processes have taken, those that ended apart."""
    root = int((settings.VAR_DIR / "postgres/data/postmaster.pid").read_text().split()[0])
    postmaster = psutil.Process(root)
    times = [child.cpu_times() for child in [postmaster, *postmaster.children()]]
    return sum(time.user + time.system for time in times)


@contextmanager
def a_site(*, workers: int, serving: str = "clinic.wsgi") -> Iterator[Site]:
    """gunicorn with the settings of the project and so many workers, ended in good order."""
    port = free_port()
    config = "python:clinic.server.gunicorn_config"
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", config, serving],
        cwd=settings.BASE_DIR,
        env={**os.environ, "BIND": f"{HOST}:{port}", "WEB_CONCURRENCY": str(workers)},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_page(f"http://{HOST}:{port}/sign-in/")
        yield Site(port, server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=PATIENCE_S)


@contextmanager
def due_work() -> Iterator[None]:
    """What compose runs beside the site: reminders, letters and judging, each minute."""
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "run_due", "--every", "60"],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=PATIENCE_S)
