"""Running this project's own commands in processes of their own, as a person would."""

import gc
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from clinic import server
from clinic.server.startup import run_command
from tests.waiting import PATIENCE_S

#: What would change how a command behaves, and must come from the test alone.
OURS = {
    "ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "DEFAULT_FROM_EMAIL",
    "DJANGO_SETTINGS_MODULE", "EMAIL_PORT", "EMAIL_USE_SSL", "EMAIL_USE_TLS", "HOMEWARD_VAR",
    "HSTS_PRELOAD", "MIGRATION_DATABASE_URL", "PUBLIC_URL", "SECRET_KEY", "STATIC_ROOT",
    "TRACEBACKS",
}  # fmt: skip


def environment(**ours: str) -> dict[str, str]:
    """This machine's environment, with only these settings of ours."""
    rest = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**rest, "PYTHONUNBUFFERED": "1", **ours}


def settings_with(**ours: str) -> SimpleNamespace:
    """What the settings come to with these of ours, read anew as a process reads them.

    A process takes seconds to start; what it says of a refusal is tested where one is started.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in OURS & set(os.environ):
            patch.delenv(name)
        for name, value in ours.items():
            patch.setenv(name, value)
        for part in ("account_settings", "mail_settings"):
            patch.setattr(server, part, getattr(server, part))
            patch.delitem(sys.modules, f"clinic.server.{part}")
        return SimpleNamespace(**runpy.run_path(str(settings.BASE_DIR / "clinic" / "settings.py")))


def refused_settings(**ours: str) -> str:
    """The sentence with which these settings are refused."""
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_with(**ours)
    return str(refused.value)


def run_here(arguments: list[str]) -> None:
    """What ``manage.py`` calls, in this process, which is left as it was."""
    signals, threshold = signal.getsignal(signal.SIGTERM), gc.get_threshold()
    try:
        run_command(arguments)
    finally:
        signal.signal(signal.SIGTERM, signals)
        gc.set_threshold(*threshold)


def manage(*arguments: str, **ours: str) -> subprocess.CompletedProcess[str]:
    """Run ``manage.py`` to its end."""
    return python("manage.py", *arguments, **ours)


def python(*arguments: str, **ours: str) -> subprocess.CompletedProcess[str]:
    """Run Python to its end, at the root of the project."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment(**ours),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@contextmanager
def started(*arguments: str, **ours: str) -> Iterator[subprocess.Popen[str]]:
    """A Python process that is ended when the test is done with it."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment(**ours),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=PATIENCE_S)


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_running(home: Path) -> bool:
    """Whether the embedded server with its data under ``home`` is up."""
    pid_file = home / "data" / "postmaster.pid"
    if not pid_file.exists():
        return False
    pid = int(pid_file.read_text().split("\n", 1)[0])
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def line(process: subprocess.Popen[str]) -> Any:
    """The next line that a process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()
