"""What a fault did: nothing acknowledged may be missing, and how long until all is well again."""

from __future__ import annotations

import time
from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import requests

from benchmarks.faults.cluster import Cluster
from benchmarks.faults.site import Patients, People, Site

RECOVERY_S: Final = 10.0
BACK_S: Final = 2.0
_PATIENCE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    fault: str
    afterwards: str
    seconds: float | None = None


Fault = Callable[[Cluster, Path], Line]


def nothing_lost(cluster: Cluster, heard: Patients) -> int:
    """How many logs were acknowledged; all of them are there, each once."""
    with cluster.superuser() as connection:
        rows = connection.execute(
            "SELECT client_id::text, count(*) FROM patients_symptomlog "
            "WHERE client_id::text = ANY (%s) GROUP BY 1",
            [list(heard.acknowledged)],
        ).fetchall()
    wanted = len(heard.acknowledged)
    assert len(rows) == wanted, f"{wanted - len(rows)} of {wanted} acknowledged are missing"
    assert {n for _, n in rows} == {1}, "one is there twice"
    return len(rows)


def until_well(site: Site, since: float, path: str = "/readyz/") -> float:
    """Seconds from a moment until the page is there again."""
    while time.monotonic() - since < _PATIENCE_S:
        with suppress(requests.RequestException):
            if requests.get(site.url(path), timeout=5).status_code == 200:
                return time.monotonic() - since
        time.sleep(0.02)
    raise AssertionError("it was not well again within a minute")


def until_logged(heard: Patients, since: float) -> float:
    """Seconds from a moment until a log is stored again."""
    while time.monotonic() - since < _PATIENCE_S:
        later = heard.since(since, well=True)
        if later:
            return later[0][0] - since
        time.sleep(0.02)
    raise AssertionError("nothing was stored again within a minute")


def until_all_logged(heard: Patients, people: People, since: float) -> float:
    """Seconds from a moment until every device had a log stored that it sent after it."""
    while time.monotonic() - since < _PATIENCE_S:
        firsts = dict(heard.firsts_since(since))
        if len(firsts) == len(people.devices):
            return max(firsts.values()) - since
        time.sleep(0.02)
    raise AssertionError("not everybody could log again within a minute")


def calm(heard: Patients, since: float, told: Set[int] = frozenset({503})) -> int:
    """How many were told to try again; nobody was shown a fault of ours."""
    refused = [answer for answer in heard.since(since, well=False) if answer[1]]
    assert {status for _, status, _ in refused} <= told, {status for _, status, _ in refused}
    assert all("short break" in page for _, _, page in refused if page), refused[0][2][:200]
    return len(refused)
