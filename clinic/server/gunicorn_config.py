"""How gunicorn serves the site, for ``manage.py run`` and for the container alike.

The container starts it as ``gunicorn --config python:clinic.server.gunicorn_config clinic.wsgi``.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from clinic.server import environment

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = environment.number("WEB_CONCURRENCY", 2)
worker_class = "clinic.server.worker.EndingWorker"
threads = environment.number("WEB_THREADS", 4)
preload_app = True
timeout = 60
graceful_timeout = environment.number("WEB_GRACE_SECONDS", 10)
keepalive = 5
# A worker is replaced now and then, so that memory which a library keeps is given back.
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (gunicorn's own)
if environment.text("METRICS_TOKEN"):
    # The workers' figures lie side by side; named before the program is loaded.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="metrics-", dir=worker_tmp_dir)
control_socket_disable = True
logger_class = "clinic.server.logs.ServerLogger"
loglevel = "warning"
accesslog = "-" if environment.flag("ACCESS_LOG") else None
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(B)s bytes %(M)s ms %({request_id}e)s'
forwarded_allow_ips = "*" if environment.number("TRUSTED_PROXIES", 0) else "127.0.0.1"


def pre_fork(server: Any, worker: Any) -> None:
    """Close what the parent opened: a connection must not be shared with a child."""
    from django.db import connections

    connections.close_all()


def post_worker_init(worker: Any) -> None:
    """Make ready for the first request of each kind, beside those that come already."""
    from clinic.server.warming import warm_soon

    warm_soon()


def child_exit(server: Any, worker: Any) -> None:
    """Forget what a worker that is gone held at the moment; what it counted stays."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    """Take the figures' folder away with the server, so that restarts do not heap them up."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shutil.rmtree(folder, ignore_errors=True)


def worker_exit(server: Any, worker: Any) -> None:
    """End a worker that has finished its answers, whatever its threads wait for.

    Browsers open lines in advance on which nothing ever comes. A thread that listens there would
    hold the process until it is killed. The arbiter calls this too, for a worker that is gone.
    """
    if worker.booted and worker.pid == os.getpid():
        pre_fork(server, worker)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
