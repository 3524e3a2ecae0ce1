"""The commands that read and write JSON: as processes, and within this one."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest
from django.core.management import execute_from_command_line

from tests.paths import ROOT
from tests.waiting import PATIENCE_S

Done = subprocess.CompletedProcess[bytes]


def started(command: str, *arguments: str, stdin: bytes = b"") -> Done:
    """The real command, with a database address that nothing answers: it needs none."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "manage.py", command, *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        env=environment,
        timeout=PATIENCE_S,
        check=False,
    )


def here(command: str, *arguments: str, stdin: bytes = b"") -> Done:
    """The same without a process of its own, which takes seconds to start."""
    given, out, err = (io.TextIOWrapper(io.BytesIO(part)) for part in (stdin, b"", b""))
    status: str | int | None = 0
    with pytest.MonkeyPatch.context() as patch:
        for name, stream in (("stdin", given), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        try:
            execute_from_command_line(["manage.py", command, *arguments])
        except SystemExit as ended:
            status = ended.code
    assert isinstance(status, int), status
    return subprocess.CompletedProcess([command, *arguments], status, _bytes(out), _bytes(err))


def _bytes(text: io.TextIOWrapper) -> bytes:
    text.flush()
    text.seek(0)
    return bytes(text.buffer.read())
