"""Figures for whoever watches the server, as Prometheus reads them: ``/metrics``.

How many requests, how long they took, and since when nothing due was done. A page is named as its
address is in the program, never by the address itself, so that no patient's link and no id is in
it. Without ``METRICS_TOKEN`` the address does not exist, nor for anybody who does not send it.

Each worker of gunicorn keeps its figures in a file of a folder that all of them share
(``PROMETHEUS_MULTIPROC_DIR``, see ``clinic.server.gunicorn_config``), and any of them answers.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily, Metric

from clinic.pulse import DUE, last_beat

PATH: Final = "/metrics"
REQUESTS: Final = Counter(
    "homeward_requests", "Requests that were answered.", ("page", "method", "status")
)
SECONDS: Final = Histogram(
    "homeward_request_seconds",
    "How long answers took.",
    ("page",),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
_METHODS: Final = frozenset({"GET", "HEAD", "POST"})


def metrics(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: count and time each answer, and give the figures out."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.removesuffix("/") == PATH and _may_read(request):
            return _figures()
        began = time.perf_counter()
        response = get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else "none"
        method = request.method if request.method in _METHODS else "other"
        REQUESTS.labels(page, method, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(page).observe(time.perf_counter() - began)
        return response

    return middleware


def _may_read(request: HttpRequest) -> bool:
    token, said = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    return bool(token) and constant_time_compare(said, f"Bearer {token}")


def _figures() -> HttpResponse:
    registry = CollectorRegistry()
    registry.register(_Due())
    shared = "PROMETHEUS_MULTIPROC_DIR" in os.environ
    if shared:
        multiprocess.MultiProcessCollector(registry)
    text = generate_latest(registry) + (b"" if shared else generate_latest(REGISTRY))
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST, headers=headers)


class _Due:
    """How long ago everything due was gone through; nothing where that cannot be known."""

    def collect(self) -> Iterator[Metric]:
        """Asked of the database when somebody reads the figures."""
        try:
            last = last_beat(DUE)
        except DatabaseError:
            return
        if last is not None:
            yield GaugeMetricFamily(
                "homeward_due_age_seconds",
                "Seconds since reminders, letters and judging were last gone through.",
                value=(timezone.now() - last).total_seconds(),
            )
