"""A worker that is told to leave leaves, even where its thread is handing over a connection."""

from tests.clinic.server.processes import python

TOLD_WHILE_IT_HOLDS_THE_LOCK = """
import os, signal
from concurrent.futures import ThreadPoolExecutor
from clinic.server.worker import EndingWorker

worker = EndingWorker.__new__(EndingWorker)
worker.alive, worker.tpool = True, ThreadPoolExecutor()
signal.signal(signal.SIGQUIT, worker.handle_quit)
signal.alarm(30)
with worker.tpool._shutdown_lock:
    os.kill(os.getpid(), signal.SIGQUIT)
    signal.pause()
"""


def test_it_waits_for_no_lock_of_its_own() -> None:
    ended = python("-c", TOLD_WHILE_IT_HOLDS_THE_LOCK)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_site_is_served_by_it() -> None:
    ended = python(
        "-c",
        "from gunicorn.app.base import Application\n"
        "from clinic.server import gunicorn_config\n"
        "from gunicorn.util import load_class\n"
        "print(load_class(gunicorn_config.worker_class).__mro__[1].__name__)",
    )
    assert ended.stdout == "ThreadWorker\n"
