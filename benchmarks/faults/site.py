"""The site on gunicorn with real workers, and people who use it until they are told to stop."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil
import requests
from django.conf import settings

from benchmarks.devices import symptoms
from tests.clinic.server.processes import environment, free_port
from tests.waiting import until

SECRET: Final = "only-for-the-tests-of-faults-and-for-nothing-else-0123456789"  # noqa: S105
WORKERS: Final = 2
_PREPARE: Final = (
    "import django; django.setup(); from benchmarks.faults.prepare import main; main()"
)
_FIELD: Final = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')
_REASON: Final = re.compile(r'<textarea[^>]*name="(waive-[\w-]+)"')


@dataclass
class People:
    """Who is in the prepared database."""

    session: str
    devices: list[tuple[str, str, str]]
    drafts: list[str]


class Site:
    """Where it answers, and the process whose children are its workers."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def url(self, path: str) -> str:
        """The whole address."""
        return f"http://127.0.0.1:{self.port}{path}"

    def workers(self) -> list[psutil.Process]:
        """Those that serve now."""
        return psutil.Process(self.process.pid).children()

    def kill_workers(self) -> None:
        """All of them, as the machine's own killer does it."""
        for worker in self.workers():
            worker.kill()

    def get(self, path: str, **options: Any) -> requests.Response | None:
        """The answer; None where the line broke."""
        try:
            return requests.get(self.url(path), timeout=30, **options)
        except requests.RequestException:
            return None

    def is_ready(self) -> bool:
        """Whether it can work."""
        answer = self.get("/readyz/")
        return answer is not None and answer.status_code == 200


@contextmanager
def site(url: str, **ours: str) -> Iterator[Site]:
    """As it is deployed, on a database of this address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:clinic.server.gunicorn_config",
         "clinic.wsgi"],
        cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=site_environment(url, BIND=f"127.0.0.1:{port}", **ours),
    )  # fmt: skip
    try:
        made = Site(process, port)
        until(made.is_ready, "the site is ready")
        yield made
    finally:
        process.terminate()
        process.wait(60)


def site_environment(url: str, **ours: str) -> dict[str, str]:
    """What the site and its commands are started with."""
    return environment(
        DJANGO_SETTINGS_MODULE="clinic.settings", DATABASE_URL=url, DEBUG="1", TRACEBACKS="0",
        SECRET_KEY=SECRET, STATIC_ROOT=str(Path(settings.VAR_DIR) / "faults-static"),
        **{"WEB_CONCURRENCY": str(WORKERS), "WEB_THREADS": "4", "LOG_LEVEL": "CRITICAL", **ours},
    )  # fmt: skip


@dataclass
class Patients:
    """Devices that send logs without end: what was acknowledged, and what was answered else."""

    acknowledged: set[str] = field(default_factory=set)
    answers: list[tuple[float, int, str]] = field(default_factory=list)
    """When, the status (0: the line broke), and what a browser would show."""
    stored: list[tuple[str, float, float]] = field(default_factory=list)
    """Whose log was acknowledged, when it was sent, and when that was heard."""

    def firsts_since(self, moment: float) -> Iterator[tuple[str, float]]:
        """Each device with when the first log that it sent since then was acknowledged."""
        for device, sent, heard in reversed(self.stored[:]):
            if sent >= moment:
                yield device, heard

    def since(self, moment: float, *, well: bool) -> list[tuple[float, int, str]]:
        """What was answered from a moment on."""
        return [a for a in self.answers if a[0] >= moment and (a[1] == 200) == well]


@contextmanager
def logging(at: Site, people: People) -> Iterator[Patients]:
    """One thread a device, each sending one log after the other; a refused one is sent again."""
    heard, stop, lock = Patients(), threading.Event(), threading.Lock()
    threads = [
        threading.Thread(target=_log, args=(at, device, heard, stop, lock))
        for device in people.devices
    ]
    for thread in threads:
        thread.start()
    try:
        until(lambda: len(heard.acknowledged) > 2 * len(threads), "logs are being stored")
        yield heard
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)


def _log(
    at: Site, device: tuple[str, str, str], heard: Patients, stop: threading.Event, lock: Any
) -> None:
    path, cookie, _ = device
    headers: dict[str, str] = {}
    entry = symptoms("before")
    while not stop.is_set():
        status, page, sent = 0, "", time.monotonic()
        try:
            if not headers:
                page_ = requests.get(at.url(path), headers={"Cookie": cookie}, timeout=30)
                page_.raise_for_status()
                csrf = page_.headers["Set-Cookie"].split(";")[0]
                headers = {"Cookie": f"{cookie}; {csrf}", "X-CSRFToken": page_.json()["token"],
                           "Content-Type": "application/json"}  # fmt: skip
            body = json.dumps({"entries": [entry]})
            answer = requests.post(at.url(path), body, headers=headers, timeout=30)
            status, page = answer.status_code, answer.text
        except (requests.RequestException, ValueError) as error:
            response = getattr(error, "response", None)
            status = response.status_code if response is not None else 0
        with lock:
            heard.answers.append((time.monotonic(), status, page))
            if status == 200:
                heard.acknowledged.add(entry["id"])
                heard.stored.append((path, sent, time.monotonic()))
                entry = symptoms("before")
        if status != 200:
            stop.wait(0.1)


class Clinician:
    """Alice at her desk."""

    def __init__(self, at: Site, people: People) -> None:
        self.site = at
        self.line = requests.Session()
        self.line.cookies.set("sessionid", people.session)

    def form(self, program: str) -> dict[str, str]:
        """What the page that issues would send."""
        page = self.line.get(self.site.url(f"/programs/{program}/issue/"), timeout=60)
        page.raise_for_status()
        fields = {name: html.unescape(value) for name, value in _FIELD.findall(page.text)}
        reasons = dict.fromkeys(_REASON.findall(page.text), "Asked on the phone, unclear.")
        return {**fields, **reasons, "since": "unchanged"}

    def issue(self, program: str, form: dict[str, str]) -> int:
        """The status; 0 where the line broke before there was one."""
        return self.post(f"/programs/{program}/issue/", form)

    def post(self, path: str, form: dict[str, str]) -> int:
        """Send a form; the status, or 0."""
        try:
            answer = self.line.post(
                self.site.url(path), form, timeout=60, allow_redirects=False,
                headers={"Referer": self.site.url(path)},
            )  # fmt: skip
        except requests.RequestException:
            return 0
        return answer.status_code

    def token(self) -> dict[str, str]:
        """What any form of hers carries."""
        page = self.line.get(self.site.url("/practice/"), timeout=60)
        return {n: html.unescape(v) for n, v in _FIELD.findall(page.text) if n.startswith("csrf")}

    def handout(self, program: str, version: int, query: str = "") -> bytes:
        """The PDF, or nothing."""
        path = f"/programs/{program}/versions/{version}/handout/{query}"
        try:
            answer = self.line.get(self.site.url(path), timeout=60)
        except requests.RequestException:
            return b""
        return answer.content if answer.status_code == 200 else b""


def prepared(home: Path, served: str, owned: str) -> People:
    """Fill a new database; what it holds is kept beside it for the next run."""
    migrates = site_environment(served, MIGRATION_DATABASE_URL=owned)
    for command in ("migrate", "load_catalogue", "collectstatic --no-input"):
        subprocess.run(
            [sys.executable, "manage.py", *command.split()], cwd=settings.BASE_DIR, env=migrates,
            stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
    made = subprocess.run(
        [sys.executable, "-c", _PREPARE],
        cwd=settings.BASE_DIR, env=site_environment(owned), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    (home / "people.json").write_bytes(made.stdout)
    return people_in(home)


def people_in(home: Path) -> People:
    """Who is in a database that was prepared before."""
    found = json.loads((home / "people.json").read_text())
    return People(found["session"], [tuple(d) for d in found["devices"]], found["drafts"])
