"""Beside the web server of ``manage.py run``: a second process that does what is due by the clock.

It is started by the name of its command, since the apps above this one hold what is due.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from django.conf import settings

COMMAND = ("run_due", "--every", "60", "--until-input-ends")
END_SECONDS = 15
"""An e-mail that is on its way is finished first; it gives up by itself after 10 seconds."""


@contextlib.contextmanager
def due_work() -> Iterator[None]:
    """Start it, and end it with us.

    Its input is a pipe of ours: however we end, the pipe ends, and so does the process. It has a
    session of its own, so that Ctrl-C is ours to pass on. The processes that the web server forks
    leave this block as well, and must not end what is not theirs.
    """
    owner = os.getpid()
    process = subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *COMMAND],
        env={**os.environ, "PUBLIC_URL": settings.PUBLIC_URL},
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield
    finally:
        if os.getpid() == owner:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
