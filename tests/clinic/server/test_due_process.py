"""The process beside the web server: it ends with the server, however that ends."""

import signal
import subprocess
import sys

import psutil
import pytest
from django.conf import settings

from tests.clinic.server.processes import environment
from tests.waiting import PATIENCE_S, until

SERVER = """
import os, signal, sys
from clinic.server.due_process import DueWork
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with DueWork() as due_work:
    due_work.start()
    # A worker of the web server leaves the block as well, and must not end what is not its own.
    if os.fork() == 0:
        sys.exit(0)
    os.wait()
    print("serving", flush=True)
    signal.pause()
"""


def due_process(of: int) -> psutil.Process | None:
    found = [c for c in psutil.Process(of).children() if "run_due" in c.cmdline()]
    return found[0] if found else None


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=str)
def test_it_starts_with_the_server_and_ends_with_it(how: signal.Signals) -> None:
    ours = environment(
        DJANGO_SETTINGS_MODULE="clinic.settings",
        DEBUG="1",
        DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing",
    )
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=settings.BASE_DIR,
        env=ours,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == "serving\n"
        beside = due_process(server.pid)
        assert beside is not None
        assert beside.cmdline()[2:] == ["run_due", "--every", "60", "--until-input-ends"]
        # Let it come as far as it does in real life before its server goes: it listens.
        until(lambda: beside.num_threads() > 1, "the process reads its input")
        server.send_signal(how)
        assert server.wait(PATIENCE_S) == (0 if how == signal.SIGTERM else -signal.SIGKILL)
        gone, alive = psutil.wait_procs([beside], timeout=PATIENCE_S)
        assert (len(gone), alive) == (1, [])
    finally:
        server.kill()
        server.wait(PATIENCE_S)
