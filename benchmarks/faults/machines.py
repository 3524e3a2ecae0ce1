"""Two web nodes behind HAProxy, two poolers, a primary and its standby; one of each is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from benchmarks.faults.cluster import DATABASE, Cluster, Pooler, pooler
from benchmarks.faults.measure import Line, calm, nothing_lost, until_all_logged
from benchmarks.faults.site import People, Site, logging, site
from clinic.embedded import account
from tests.clinic.server.processes import free_port
from tests.waiting import until

WRITES_BACK_S: Final = 5.0
_POOLER: Final = ["default_pool_size = 8", "query_wait_timeout = 3"]
_SCRIPTS: Final = settings.BASE_DIR / "scripts"


@dataclass
class Machines:
    """All that may be killed, and the address that people have."""

    front: Site
    nodes: list[Site]
    poolers: list[Pooler]
    primary: Cluster
    standby: Cluster


_Kill = Callable[[Machines], Cluster]
"""What it kills, and who has the newest rows afterwards."""


def node_killed(cluster: Cluster, people: People, folder: Path) -> Line:
    """A whole web node: gunicorn and its workers, while half of all requests are with it."""
    return _killed("a web node killed behind HAProxy", cluster, people, folder, _kill_node)


def pooler_killed(cluster: Cluster, people: People, folder: Path) -> Line:
    """One of two poolers; the site has the addresses of both."""
    return _killed("one of two PgBouncers killed", cluster, people, folder, _kill_pooler)


def primary_killed(cluster: Cluster, people: People, folder: Path) -> Line:
    """The primary; scripts/promote-standby.sh watches it and leads both poolers to the standby."""
    return _killed("primary killed, the script promotes", cluster, people, folder, _kill_primary)


def _killed(name: str, cluster: Cluster, people: People, folder: Path, kill: _Kill) -> Line:
    with machines(cluster, folder) as all_of_them:
        with logging(all_of_them.front, people) as heard:
            moment = time.monotonic()
            newest = kill(all_of_them)
            took = until_all_logged(heard, people, moment)
        told, stored = calm(heard, moment, {502, 503}), nothing_lost(newest, heard)
    assert took < WRITES_BACK_S, took
    return Line(name, f"{stored} logs, none missing; {told} told to try again", took)


def _kill_node(of: Machines) -> Cluster:
    node = of.nodes[0]
    workers = node.workers()
    node.process.kill()
    for worker in workers:
        worker.kill()
    return of.primary


def _kill_pooler(of: Machines) -> Cluster:
    of.poolers[0].process.kill()
    return of.primary


def _kill_primary(of: Machines) -> Cluster:
    of.primary.kill()
    return of.standby


@contextmanager
def machines(primary: Cluster, folder: Path) -> Iterator[Machines]:
    """All of it, up and watched."""
    standby = primary.standby(folder / "standby")
    with ExitStack() as stack:
        stack.callback(standby.stop)
        poolers = [
            stack.enter_context(pooler(folder / f"pooler-{n}", primary, _POOLER)) for n in (1, 2)
        ]
        nodes = [stack.enter_context(site(_through(poolers), TRUSTED_PROXIES="1")) for _ in (1, 2)]
        front = stack.enter_context(_balanced(nodes))
        stack.enter_context(_watched(primary, standby, poolers))
        yield Machines(front, nodes, poolers, primary, standby)


def _through(poolers: list[Pooler]) -> str:
    ports = ",".join(str(each.port) for each in poolers)
    return f"postgres://homeward_app@/{DATABASE}?host=127.0.0.1,127.0.0.1&port={ports}"


@contextmanager
def _balanced(nodes: list[Site]) -> Iterator[Site]:
    """HAProxy with the configuration that is shipped."""
    port = free_port()
    one, two = (f"127.0.0.1:{node.port}" for node in nodes)
    process = subprocess.Popen(
        ["/usr/sbin/haproxy", "-db", "-q", "-f", str(_SCRIPTS / "haproxy.cfg")],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "FRONT": f"127.0.0.1:{port}", "WEB_ONE": one, "WEB_TWO": two,
             "AWAY": str(_SCRIPTS / "away.html")},
    )  # fmt: skip
    try:
        made = Site(process, port)
        until(made.is_ready, "HAProxy leads to a node")
        yield made
    finally:
        process.kill()
        process.wait()


@contextmanager
def _watched(primary: Cluster, standby: Cluster, poolers: list[Pooler]) -> Iterator[None]:
    """The script that is shipped, with its usual patience, from when it has seen the primary."""
    lead = "; ".join(
        f"sed -i 's/port={primary.port} /port={standby.port} /' {each.config}; "
        f"kill -HUP {each.process.pid}"
        for each in poolers
    )
    path = f"{account.programs()}:{os.environ['PATH']}"
    process = subprocess.Popen(
        [str(_SCRIPTS / "promote-standby.sh"), primary.url("postgres"), standby.url("postgres"),
         lead],
        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        env={**os.environ, "PATH": path}, start_new_session=True,
    )  # fmt: skip
    try:
        with primary.superuser() as connection:
            asked = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'psql'"
            until(lambda: connection.execute(asked).fetchone() is not None, "it is watched")
        yield
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
