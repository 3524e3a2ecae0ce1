"""The measurements in their order, over one prepared database."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Iterator, Sequence

import django

from benchmarks.measure import Result, table

__all__ = ["prepared", "run", "table"]

RUNS_AT_LEAST = 20


@contextlib.contextmanager
def prepared() -> Iterator[None]:
    """A database with catalogue and demo practice; stopped at the end, also of who is ended."""
    django.setup()
    from django.conf import settings
    from django.db import connection, connections

    from clinic.embedded.base import server_for
    from clinic.embedded.postgres import SUPERUSER
    from clinic.server import preparation, startup

    startup.leave_in_order()
    try:
        preparation.prepare(lambda words: say(str(words)))
        # Rows are made and counted as the database's own superuser; each request measured here
        # becomes the application's role, and a server that is started is that role.
        connection.close()
        connection.settings_dict.update(USER=SUPERUSER, OWNER=None, BEHIND_ROLE="homeward_app")
        yield
    finally:
        connections.close_all()
        server_for(settings.VAR_DIR / "postgres", durable=True).release()


def run(groups: Sequence[str], *, runs: int) -> list[Result]:
    """Every figure of these groups. Starting comes before the catalogue is made larger."""
    from benchmarks import (
        batch,
        figures,
        followup,
        handouts,
        issuing,
        journeys,
        load,
        logs,
        long_cases,
        memory,
        pages,
        paper,
        responses,
        rules,
        scale,
        search,
        start,
    )

    count = max(runs, RUNS_AT_LEAST)
    # What makes many objects comes last: a collector that has them to look at slows the rest.
    work = {
        "handout": handouts.measure,
        "paper": paper.measure,
        "issuing": issuing.measure,
        "batch": batch.measure,
        "figures": figures.measure,
        "start": start.measure,
        "journeys": journeys.measure,
        "memory": memory.measure,
        "logs": logs.measure,
        "longcases": long_cases.measure,
        "load": load.measure,
        "rules": rules.measure,
        "respond": responses.measure,
        "search": search.measure,
        "pages": pages.measure,
        "followup": followup.measure,
        "scale": scale.measure,
    }
    results: list[Result] = []
    for name, measure in work.items():
        if name in groups:
            say(f"Measuring: {name} …")
            gc.collect()
            results += measure(count)
    return results


def say(words: str) -> None:
    """Progress, beside the figures on standard output."""
    print(words, file=sys.stderr, flush=True)


def environment() -> dict[str, str]:
    """The environment for programs that are started to be measured."""
    return {**os.environ}
