"""The same pages in a practice of 1,000 patients and in one of 100,000.

What a page costs must not grow with the practice: the figures are the slower twentieth of whole
requests in the large practice, against the small one, taken in turns.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import crowd
from benchmarks.devices import Device, a_device, symptoms
from benchmarks.door import HOST, an_access
from benchmarks.measure import Result, median_ms, p95
from clinic import wall
from clinic.models import Practice, User
from patients.inbox.entries import waiting_in
from programs.management.commands.run_due import run_once
from programs.verdicts import checks
from tests.factories import (
    AlertFactory,
    AnswerFactory,
    ConditionFactory,
    MembershipFactory,
    PracticeFactory,
)

SMALL: Final = 1_000
LARGE: Final = 100_000
GOAL: Final = {"search": "<= 2"}
MOST_MS: Final = {"dashboard": "< 60", "search": "< 40"}
_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
Ask = Callable[[int], Any]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two practices, and what is asked there by the name of a page."""

    practice: Practice
    asks: dict[str, Ask]


def measure(runs: int) -> list[Result]:
    """Milliseconds at both sizes, how they compare, and the queries."""
    started = time.monotonic()
    sides = [_side(f"Crowd of {size}", size) for size in (SMALL, LARGE)]
    crowd.analyze()
    results = [Result("both practices made", round(time.monotonic() - started), "s", "< 120")]
    for page in sides[0].asks:
        results += _page(page, sides, runs)
    return [*results, *_whole_practice(sides[-1].practice, runs)]


def _whole_practice(large: Practice, runs: int) -> list[Result]:
    """What asks the whole of a practice, or of a server: the count of cards, and an idle round."""
    with wall.within(large.pk):
        count = median_ms(lambda n: waiting_in(large), runs=runs)
    while sum(run_once(_never)[1].values()):
        pass
    idle = median_ms(lambda n: run_once(_never), runs=runs)
    return [
        Result("cards that wait, counted", count, "ms", "< 1"),
        Result("run_due with nothing due", idle, "ms", "< 50"),
    ]


def _never() -> bool:
    return False


def _page(page: str, sides: list[Side], runs: int) -> list[Result]:
    asks = [side.asks[page] for side in sides]
    for ask in asks:
        ask(0)
        ask(1)
    counts = [_queries(ask) for ask in asks]
    times: list[list[float]] = [[], []]
    for n in range(runs):
        for ask, row in zip(asks, times, strict=True):
            before = time.perf_counter()
            ask(n)
            row.append((time.perf_counter() - before) * 1000)
    (small, large), half = ([p95(row) for row in times]), [statistics.median(row) for row in times]
    goal, most = GOAL.get(page, "<= 1.2"), MOST_MS.get(page, "")
    return [
        Result(f"{page}, 95th of 100 at {SMALL:,} patients", round(small, 1), "ms", most),
        Result(f"{page}, 95th of 100 at {LARGE:,} patients", round(large, 1), "ms", most),
        Result(f"{page}, large : small", round(large / small, 2), "", goal),
        Result(f"{page}, medians large : small", round(half[1] / half[0], 2), ""),
        Result(f"{page}, queries", counts[1], "queries"),
        Result(f"{page}, queries more than in the small one", counts[1] - counts[0], "", "= 0"),
    ]


def _queries(ask: Ask) -> int:
    with CaptureQueriesContext(connection) as caught:
        ask(2)
    return len(caught)


def _side(name: str, size: int) -> Side:
    practice, user, other = _practice(name)
    device, case = a_device(practice, user)
    AnswerFactory(case=case, code="osteoporosis", answer="no")
    AlertFactory(case=case)
    ConditionFactory(case=case)
    client = Client(SERVER_NAME=HOST)
    client.force_login(user, _BACKEND)
    post = _posting(device)
    post(0)
    checks.catch_up(practice, most=10)
    crowd.fill(practice, case, patients=size, user=user.pk, other=other.pk)
    return Side(
        practice,
        {
            "dashboard": _get(client, "/"),
            "list": _get(client, "/patients/"),
            "search": _searching(client),
            "inbox": _get(client, "/inbox/"),
            "case": _get(client, case.get_absolute_url()),
            "log post": post,
        },
    )


def _practice(name: str) -> tuple[Practice, User, User]:
    practice = PracticeFactory(name=name, time_zone=an_access().case.practice.time_zone)
    emails = [f"{who}-of-{name.lower().replace(' ', '-')}@bench.example" for who in ("one", "two")]
    one, two = (MembershipFactory(practice=practice, user__email=e).user for e in emails)
    return practice, one, two


def _get(client: Client, url: str) -> Ask:
    def get(n: int) -> Any:
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return answer

    return get


def _searching(client: Client) -> Ask:
    words = ("ada ashman", "kim dorton", "gwen halley", "1962-05-04", "nye", "zoe penwick")

    def search(n: int) -> Any:
        answer = client.get("/patients/", {"q": words[n % len(words)]})
        assert answer.status_code == 200, answer.status_code
        return answer

    return search


def _posting(device: Device) -> Ask:
    client = Client(SERVER_NAME=HOST)
    client.cookies.load(device.cookie)

    def post(n: int) -> Any:
        body = json.dumps({"entries": [symptoms("before")]})
        answer = client.post(device.path, body, content_type="application/json")
        assert answer.status_code == 200, answer.status_code
        assert json.loads(answer.content)["stored"], answer.content
        return answer

    return post
