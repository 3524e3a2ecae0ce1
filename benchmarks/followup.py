"""What a clinician's picture of a long case costs: the page, the chart, the report."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.door import HOST
from benchmarks.measure import Result, median_ms
from clinic import demo
from clinic.models import User
from patients.models import Case
from programs.prescriptions.models import IssuedPrescription
from tests.programs.followup.progress.many import fill

PATIENT = "Marek Olszewitz"
SESSIONS = 5000
DAYS = 365


def measure(runs: int) -> list[Result]:
    """Milliseconds and queries of whole requests, at few logs and at ten thousand."""
    client, case = _clinician()
    url = case.get_absolute_url()
    page, chart = (_get(client, f"{url}{end}") for end in ("", "chart/"))
    few = _queries(page)
    _enlarge(case)
    logs = case.symptom_logs.count()
    what = f"case page, {logs:,} logs"
    drawn = _drawn(chart)
    small = len(gzip.compress(client.get(f"{url}chart/").content))
    return [
        Result(what, median_ms(page, runs=runs), "ms", "< 100"),
        Result(f"{what}, queries", _queries(page), "queries"),
        Result(f"{what}, queries more than at few", _queries(page) - few, "queries", "= 0"),
        Result(f"chart drawn, {logs:,} logs", median_ms(drawn, runs=runs), "ms", "< 300"),
        Result(f"chart kept, {logs:,} logs", median_ms(chart, runs=runs), "ms"),
        Result("chart, compressed", small / 1024, "kB", "< 60"),
        Result("progress report", median_ms(_report(client, url), runs=max(runs // 4, 5)), "ms"),
    ]


def _clinician() -> tuple[Client, Case]:
    client = Client(SERVER_NAME=HOST)
    user = User.objects.get(email=demo.EMAIL)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client, Case.objects.get(patient__full_name=PATIENT)


def _enlarge(case: Case) -> None:
    issued = IssuedPrescription.objects.filter(program__case=case).order_by("-version")[0]
    items = tuple(item.item for item in issued.words().items)
    fill(case, issued, last=timezone.now(), sessions=SESSIONS, days=DAYS, items=items)


def _get(client: Client, url: str) -> Callable[[int], object]:
    def get(n: int) -> object:
        answer = client.get(url)
        assert answer.status_code == 200, answer.status_code
        return answer

    get(0)
    return get


def _drawn(chart: Callable[[int], object]) -> Callable[[int], object]:
    """The chart with nothing kept of it."""

    def draw(n: int) -> object:
        cache.clear()
        return chart(n)

    return draw


def _report(client: Client, url: str) -> Callable[[int], object]:
    parts = ["chart", "adherence", "goals", "warnings", "proposals"]
    return lambda n: client.post(f"{url}progress-report/", {"parts": parts})


def _queries(request: Callable[[int], object]) -> int:
    with CaptureQueriesContext(connection) as caught:
        request(0)
    return len(caught)
