"""Every fault in turn, each on a copy of one prepared server, and the table of them."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from benchmarks.faults import databases, machines, neighbours, workers
from benchmarks.faults.cluster import Cluster
from benchmarks.faults.measure import Line
from benchmarks.faults.site import People, people_in, prepared
from tests.kept_database import made_from

FAULTS: dict[str, Callable[[Cluster, People, Path], Line]] = {
    "logging": workers.killed_while_logging,
    "issuing": workers.killed_while_issuing,
    "rendering": workers.killed_while_rendering,
    "importing": workers.killed_while_importing,
    "database": databases.killed,
    "standby": databases.promoted,
    "standby-behind-pooler": databases.promoted_behind_a_pooler,
    "node": machines.node_killed,
    "pooler": machines.pooler_killed,
    "primary": machines.primary_killed,
    "pool": databases.pool_empty,
    "lock": databases.slow_statement,
    "disk": databases.full,
    "mail": neighbours.mail_hangs,
    "slow-clients": neighbours.slow_clients,
}


def main(names: list[str]) -> int:
    """Each in turn, on a copy of one prepared server."""
    home = _ready()
    people = people_in(home)
    lines, failed = [], 0
    for name in names or FAULTS:
        sys.stderr.write(f"{name} …\n")
        try:
            lines.append(_brought_about(name, home, people))
        except AssertionError as error:
            failed += 1
            lines.append(Line(name, f"FAILED: {error}"))
    _print(lines)
    return 1 if failed else 0


def _brought_about(name: str, home: Path, people: People) -> Line:
    with tempfile.TemporaryDirectory(prefix="homeward-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        cluster = Cluster(home).copy(folder)
        cluster.start()
        try:
            return FAULTS[name](cluster, people, folder)
        finally:
            cluster.stop()


def _ready() -> Path:
    """A stopped server with the demo in it; made once for each state of the migrations."""
    home = Path(settings.VAR_DIR) / "faults" / made_from()
    if not (home / "whole").exists():
        sys.stderr.write("Making a server with the demo …\n")
        shutil.rmtree(home.parent, ignore_errors=True)
        home.mkdir(parents=True)
        cluster = Cluster(home).make()
        try:
            prepared(home, cluster.url("homeward_app"), cluster.url("homeward_owner"))
        finally:
            cluster.stop()
        (home / "whole").touch()
    return home


def _print(lines: list[Line]) -> None:
    wide = [max(len(line.fault) for line in lines), max(len(line.afterwards) for line in lines)]
    print(f"{'fault':{wide[0]}}  {'afterwards':{wide[1]}}  well again after")
    for line in lines:
        back = "" if line.seconds is None else f"{line.seconds:.1f} s"
        print(f"{line.fault:{wide[0]}}  {line.afterwards:{wide[1]}}  {back}")
