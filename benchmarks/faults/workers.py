"""Workers that are killed while they work."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings

from benchmarks.faults.cluster import Cluster
from benchmarks.faults.measure import RECOVERY_S, Line, nothing_lost, until_logged, until_well
from benchmarks.faults.site import Clinician, People, Site, logging, site, site_environment
from clinic.backups.contents import Contents, contents

DELAYS_S: Final = (0.05, 0.2, 0.5, 1.0, 1.8, 3.0)
CATALOGUE: Final = (
    "programs_exercise",
    "programs_rule",
    "programs_starter",
    "programs_catalogueload",
)


def killed_while_logging(cluster: Cluster, people: People, folder: Path) -> Line:
    """Every worker, three times, while all devices send."""
    longest = 0.0
    with site(cluster.url("homeward_app")) as at, logging(at, people) as heard:
        for _ in range(3):
            moment = time.monotonic()
            at.kill_workers()
            longest = max(longest, until_logged(heard, moment))
    stored = nothing_lost(cluster, heard)
    assert longest < RECOVERY_S, longest
    return Line("workers killed while logging, 3 times", f"{stored} logs, none missing", longest)


def killed_while_issuing(cluster: Cluster, people: People, folder: Path) -> Line:
    """At several moments of the second that issuing takes: issued whole, or not at all."""
    issued = longest = 0.0
    with site(cluster.url("homeward_app")) as at:
        alice = Clinician(at, people)
        for program, delay in zip(people.drafts, DELAYS_S, strict=False):
            form = alice.form(program)
            before = _versions(cluster, program)
            killed = _killed(at, delay, lambda p=program, f=form: alice.issue(p, f))  # type: ignore[misc]
            longest = max(longest, until_well(at, killed))
            _whole(cluster, alice, program)
            half = _versions(cluster, program)
            # The same press once more, as after a broken line.
            assert alice.issue(program, form) == 302
            assert _versions(cluster, program) == before + 1, "issued twice, or not at all"
            _whole(cluster, alice, program)
            issued += half == before + 1
    assert longest < RECOVERY_S, longest
    tried = min(len(people.drafts), len(DELAYS_S))
    told = f"{tried} programs, {issued:.0f} were issued by then, each once, with its PDF"
    return Line("workers killed while issuing", told, longest)


def killed_while_rendering(cluster: Cluster, people: People, folder: Path) -> Line:
    """A large-print handout that nobody has kept yet; asked for again, it is the one that stays."""
    longest, program = 0.0, people.drafts[0]
    with site(cluster.url("homeward_app")) as at:
        alice = Clinician(at, people)
        version = _versions(cluster, program)
        with cluster.superuser() as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("DELETE FROM programs_handout")
        for delay in DELAYS_S[:4]:
            killed = _killed(at, delay, lambda: len(alice.handout(program, version, "?large=1")))
            longest = max(longest, until_well(at, killed))
        first = alice.handout(program, version, "?large=1")
        assert first.startswith(b"%PDF")
        assert first == alice.handout(program, version, "?large=1")
    assert longest < RECOVERY_S, longest
    return Line("workers killed while rendering", "the PDF is whole and stays the same", longest)


def killed_while_importing(cluster: Cluster, people: People, folder: Path) -> Line:
    """A new edition of the catalogue: all of it, or the old one."""
    changed = _changed_catalogue(folder / "catalogue")
    before, old, new = _catalogue(cluster), 0, 0
    command = [sys.executable, "manage.py", "load_catalogue", "--folder", str(changed)]
    ours = site_environment(
        cluster.url("homeward_app"), MIGRATION_DATABASE_URL=cluster.url("homeward_owner")
    )
    took = _timed(lambda: subprocess.run([*command, "--help"], cwd=settings.BASE_DIR, env=ours,
                                         check=True, stdout=subprocess.DEVNULL))  # fmt: skip
    for n in range(6):
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=ours,
                                   stdout=subprocess.DEVNULL)  # fmt: skip
        time.sleep(took + 0.6 * n)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = _catalogue(cluster)
        old, new = old + (found == before), new + (found != before)
    subprocess.run(command, cwd=settings.BASE_DIR, env=ours, check=True, stdout=subprocess.DEVNULL)
    whole = _catalogue(cluster)
    assert whole != before, "the new edition changes nothing"
    assert new == 0 or found == whole, "half of an edition was kept"
    return Line("import of the catalogue killed, 6 times", f"old edition {old} times, new {new}")


def _killed(site: Site, delay: float, work: Callable[[], int]) -> float:
    """Kill every worker so long after the work has begun; the moment."""
    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(delay)
    moment = time.monotonic()
    site.kill_workers()
    thread.join(60)
    return moment


def _versions(cluster: Cluster, program: str) -> int:
    with cluster.superuser() as connection:
        row = connection.execute(
            "SELECT count(*) FROM programs_issuedprescription WHERE program_id = %s", [program]
        ).fetchone()
    assert row is not None
    return int(row[0])


def _whole(cluster: Cluster, alice: Clinician, program: str) -> None:
    """The latest version has its PDF."""
    version = _versions(cluster, program)
    pdf = alice.handout(program, version)
    assert pdf.startswith(b"%PDF"), f"version {version} has no PDF"
    assert pdf.rstrip().endswith(b"%%EOF"), f"the PDF of version {version} is cut short"


def _catalogue(cluster: Cluster) -> Contents:
    with cluster.superuser() as connection:
        found = contents(connection)
    return {name: found[name] for name in CATALOGUE}


def _changed_catalogue(folder: Path) -> Path:
    """The project's own with every exercise under a longer name."""
    source = settings.BASE_DIR / "programs" / "catalogue"
    for path in source.rglob("*.toml"):
        text = path.read_text()
        name = tomllib.loads(text).get("name")
        if isinstance(name, str):
            text = text.replace(f'name = "{name}"', f'name = "{name} (new)"', 1)
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return folder


def _timed(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun
