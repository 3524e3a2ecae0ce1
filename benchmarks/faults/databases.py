"""A database that is killed, promoted, full, or has no connection left."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg

from benchmarks.faults.cluster import DATABASE, Cluster, pooler
from benchmarks.faults.measure import (
    BACK_S,
    RECOVERY_S,
    Line,
    calm,
    nothing_lost,
    until_logged,
    until_well,
)
from benchmarks.faults.site import Clinician, People, Site, logging, site

AWAY_S: Final = 5
SMALL_MB: Final = 420


def killed(cluster: Cluster, people: People, folder: Path) -> Line:
    """PostgreSQL and all its processes at once; started again after five seconds."""
    with site(cluster.url("homeward_app")) as at, logging(at, people) as heard:
        moment = time.monotonic()
        cluster.kill()
        time.sleep(AWAY_S)
        slowest = _slowest_page(at)
        cluster.start()
        back = time.monotonic()
        took = until_logged(heard, back)
    told = calm(heard, moment)
    stored = nothing_lost(cluster, heard)
    assert took < BACK_S, took
    assert slowest < 3, slowest
    afterwards = f"{stored} logs, none missing; {told} told to try again, after {slowest:.1f} s"
    return Line(f"PostgreSQL killed, away for {AWAY_S} s", afterwards, took)


def promoted(cluster: Cluster, people: People, folder: Path) -> Line:
    """The first server is gone for good; the one that follows it takes over."""
    follower = cluster.standby(folder / "standby")
    ports = f"{cluster.port},{follower.port}"
    url = (
        f"postgres://homeward_app@/{DATABASE}?host=127.0.0.1,127.0.0.1&port={ports}"
        "&target_session_attrs=read-write"
    )
    try:
        with site(url) as at, logging(at, people) as heard:
            moment = time.monotonic()
            cluster.kill()
            follower.promote()
            took = until_logged(heard, moment)
        told, stored = calm(heard, moment), nothing_lost(follower, heard)
    finally:
        follower.stop()
    assert took < RECOVERY_S, took
    afterwards = f"{stored} logs, none missing on the new one; {told} told to try again"
    return Line("standby promoted, site knows both", afterwards, took)


def promoted_behind_a_pooler(cluster: Cluster, people: People, folder: Path) -> Line:
    """PgBouncer in front, in transaction mode, is led to the new server."""
    follower = cluster.standby(folder / "standby")
    settings = ["default_pool_size = 4", "query_wait_timeout = 3"]
    try:
        with (
            pooler(folder / "pooler", cluster, settings) as front,
            site(front.url) as at,
            logging(at, people) as heard,
        ):
            moment = time.monotonic()
            cluster.kill()
            follower.promote()
            front.lead_to(follower)
            took = until_logged(heard, moment)
        told, stored = calm(heard, moment), nothing_lost(follower, heard)
    finally:
        follower.stop()
    assert took < RECOVERY_S, took
    afterwards = f"{stored} logs, none missing on the new one; {told} told to try again"
    return Line("standby promoted behind PgBouncer", afterwards, took)


def pool_empty(cluster: Cluster, people: People, folder: Path) -> Line:
    """Somebody else holds the pooler's only connection."""
    settings = ["default_pool_size = 1", "query_wait_timeout = 2"]
    with pooler(folder / "pooler", cluster, settings) as front, site(front.url) as at:
        alice = Clinician(at, people)
        with psycopg.connect(front.url) as holder:
            holder.execute("SELECT 1")
            begun = time.monotonic()
            page = alice.line.get(at.url("/patients/"), timeout=30)
            took = time.monotonic() - begun
            assert (page.status_code, "Retry-After" in page.headers) == (503, True)
            assert "We cannot reach the records right now" in page.text
        back = until_well(at, time.monotonic())
    assert took < RECOVERY_S, took
    assert back < BACK_S, back
    return Line("no connection left in the pool", f"a calm page within {took:.1f} s", back)


def full(cluster: Cluster, people: People, folder: Path) -> Line:
    """The disk is full; later there is room again."""
    with _small_disk(folder / "disk") as disk:
        cluster.stop()
        small = cluster.copy(disk)
        small.start()
        try:
            with site(small.url("homeward_app")) as at, logging(at, people) as heard:
                moment = time.monotonic()
                _fill(disk / "ballast")
                told = _until_refused(at, moment)
                (disk / "ballast").unlink()
                back = time.monotonic()
                took = until_logged(heard, back)
                calm(heard, moment)
                ready = until_well(at, back)
            stored = nothing_lost(small, heard)
        finally:
            small.stop()
    assert took < RECOVERY_S, took
    afterwards = f'{stored} logs, none missing; "{told}"; ready after {ready:.0f} s'
    return Line("disk full", afterwards, took)


def slow_statement(cluster: Cluster, people: People, folder: Path) -> Line:
    """A lock that somebody holds and does not let go of."""
    with site(cluster.url("homeward_app")) as at:
        alice = Clinician(at, people)
        form = alice.token()
        with cluster.superuser() as holder, holder.transaction():
            holder.execute("LOCK TABLE clinic_practice IN ACCESS EXCLUSIVE MODE")
            begun = time.monotonic()
            answer = alice.line.get(at.url("/patients/"), timeout=60)
            took = time.monotonic() - begun
        assert answer.status_code == 503, answer.status_code
        assert alice.post("/practice/", form) in {200, 302}
    assert took < 12, took
    return Line("a table locked for good", f"a calm page within {took:.1f} s")


def _slowest_page(at: Site) -> float:
    """Four pages at once while the database is away: the longest that anybody waits."""
    waited: list[float] = []

    def ask() -> None:
        begun = time.monotonic()
        at.get("/p/today/00000000-0000-0000-0000-000000000000/")
        waited.append(time.monotonic() - begun)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(waited)


@contextmanager
def _small_disk(path: Path) -> Iterator[Path]:
    """A file system of its own in memory, as large as is needed to start with."""
    path.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_MB}m,mode=755", "tmpfs", str(path)], check=True
    )
    try:
        yield path
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


def _fill(path: Path) -> None:
    """Write until nothing more goes in."""
    with path.open("wb", buffering=0) as ballast:
        for size in (1 << 20, 4096):
            try:
                while True:
                    ballast.write(b"x" * size)
            except OSError:
                continue


def _until_refused(at: Site, since: float) -> str:
    """What readiness says once something could not be saved."""
    while time.monotonic() - since < 60:
        answer = at.get("/readyz/")
        if answer is not None and answer.status_code == 503:
            return answer.text.strip()
        time.sleep(0.1)
    raise AssertionError("the disk was full and everything was saved")
