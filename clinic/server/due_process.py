"""Beside the web server of ``manage.py run``: a second process that does what is due by the clock.

It is started by the name of its command, since the apps above this one hold what is due.
"""

import os
import subprocess
import sys
from types import TracebackType

from django.conf import settings

COMMAND = ("run_due", "--every", "60", "--until-input-ends")
END_SECONDS = 25
"""An e-mail that is on its way is finished first; it gives up by itself after 20 seconds."""


class DueWork:
    """The process, started when the server is ready, and ended with the block it is used in.

    Its input is a pipe of ours: however we end, the pipe ends, and so does the process. It has a
    session of its own, so that Ctrl-C is ours to pass on. The processes that the web server forks
    leave the block as well, and must not end what is not theirs.
    """

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = os.getpid()

    def start(self) -> None:
        """Start it; the site is served without waiting for it."""
        self.process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *COMMAND],
            env={**os.environ, "PUBLIC_URL": settings.PUBLIC_URL},
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def __enter__(self) -> "DueWork":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process is None or os.getpid() != self.owner:
            return
        self.process.terminate()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
