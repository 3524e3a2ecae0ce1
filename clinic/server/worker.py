"""The worker that serves the site: gunicorn's threads, with an end that waits for nothing."""

import os
from types import FrameType

from gunicorn.workers.gthread import ThreadWorker


class EndingWorker(ThreadWorker):
    """Ends at once on Ctrl-C, in the signal's handler itself."""

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """Leave, whatever this thread was doing.

        gunicorn's own handler shuts the pool of threads down first. The thread that it interrupts
        may hold that pool's lock, while it hands over a connection, and then waits for itself until
        the process is killed. What a thread was doing is rolled back by the database, which sees
        the line close.
        """
        os._exit(0)
