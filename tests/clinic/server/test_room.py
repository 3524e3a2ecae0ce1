"""Calls across the end of a piece of CPython 3.11's stack ask for memory each time, if let."""

import resource
from collections.abc import Callable
from inspect import unwrap
from threading import Thread

from clinic.server.room import with_room
from clinic.server.startup import run_command
from tests.waiting import PATIENCE_S

CALLS = 300


def _nothing(a: int = 0, b: int = 0, c: int = 0, d: int = 0, e: int = 0) -> None:
    """Called again and again."""


def _asked_at(depth: int) -> int:
    """How often the system gave memory for the same call again and again, so deep."""
    if depth:
        return _asked_at(depth - 1)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _ in range(CALLS):
        _nothing()
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def _most(asked_at: Callable[[int], int]) -> int:
    """At the depth where it was most."""
    most: list[int] = []
    thread = Thread(target=lambda: most.append(max(map(asked_at, range(200)))))
    thread.start()
    thread.join(PATIENCE_S)
    return most[0]


def test_calls_with_room_ask_for_nothing_at_any_depth() -> None:
    assert _most(with_room(_asked_at)) < CALLS // 10


def test_what_serves_and_what_is_commanded_has_room() -> None:
    from clinic.wsgi import application

    assert all(unwrap(entry) is not entry for entry in (application, run_command))
