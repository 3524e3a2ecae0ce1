"""What a page costs at the server: the builder's search over a large catalogue, and a patient's."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import synthetic
from benchmarks.door import HOST, patient_inside
from benchmarks.measure import Result, median_ms
from clinic import demo
from clinic.models import User
from clinic.parsing.digests import digest_of
from programs.builder import result_cards
from programs.exercises.library import library_for
from programs.exercises.models import CatalogueLoad, Exercise
from programs.prescriptions.models import Program

SEARCHES = (
    "q=stretch",
    "q=hamstirng",
    "q=",
    "q=low+back",
    "q=wall&purpose=stretch",
    "q=QL",
    "q=lat+strech&position=standing",
    "q=press&at_hand=1",
    "q=g",
    "region=hip",
)
"""Whole words, half words, slips, filters and everything at once."""
WIDEST = (
    *("pain", "back", "knee", "hip", "shoulder", "leg", "low", "stiff", "weak", "exercise"),
    *("s", "b", "p", "st", "the", "stretch", "strengthen", "standing", "press", "back pain"),
    *("low back", "lying on your back", "hip or knee", "without a band", "no floor"),
    *("strech", "bcak", "kneee pain", "what can I do for my back pain when sitting"),
    "exercises for knee pain and weak legs",
)
"""What fits most entries, in most ways: common words, one letter, sentences, slips."""
WIDEST_RUNS = 3


def measure(runs: int) -> list[Result]:
    """Milliseconds and queries of the whole request, middleware and template included."""
    client, page = patient_inside()
    patient = lambda n: client.get(page)  # noqa: E731 (a name for the table below)
    results = [
        Result("patient's page", median_ms(patient, runs=runs), "ms", "< 15"),
        Result("patient's page, queries", _queries(patient)[0], "queries", "<= 8"),
    ]
    few = _search()
    before = _queries(few)
    enlarge_catalogue()
    search, asking = _search(), _search([urlencode({"q": query}) for query in WIDEST])
    count = Exercise.objects.count()
    what = f"builder search, {count:,} exercises"
    after = _queries(search)
    # As in a worker, which leaves out of every clearing up what it has read once.
    gc.collect()
    gc.freeze()
    widest = [_widest(asking, number) for number in range(len(WIDEST))]
    gc.unfreeze()
    most = f"the {len(WIDEST)} widest of them, asked for the first time (processor time)"
    return [
        *results,
        Result(what, median_ms(search, runs=max(runs, 3 * len(SEARCHES))), "ms", "< 30"),
        Result(f"{what}, queries", max(after), "queries", "<= 12"),
        Result(f"{most}: median", round(statistics.median(widest), 1), "ms", "< 20"),
        Result(f"{most}: the worst", round(max(widest), 1), "ms", "< 30"),
        Result(f"{what}, queries more than at 58", max(after) - max(before), "queries", "= 0"),
    ]


def _search(searches: Sequence[str] = SEARCHES) -> Callable[[int], object]:
    """A clinician typing into the builder of a draft."""
    client = Client(SERVER_NAME=HOST, headers={"HX-Request": "true"})
    client.force_login(
        User.objects.get(email=demo.EMAIL), "django.contrib.auth.backends.ModelBackend"
    )
    draft = Program.objects.get(case__patient__full_name="Ingrid Solvang")
    address = reverse("program_search", args=[draft.pk])
    index = library_for(draft.case.practice).search

    def search(n: int) -> object:
        index.forget()  # what was asked a moment ago is kept, and takes a third of the time less
        answer = client.get(f"{address}?{searches[n % len(searches)]}")
        assert answer.status_code == 200, answer.status_code
        return answer

    search(0)
    return search


def _widest(asking: Callable[[int], object], number: int) -> float:
    """Median milliseconds of processor time of one search, its cards not written before."""
    took = []
    for _ in range(WIDEST_RUNS):
        result_cards.forget()
        started = time.process_time()
        asking(number)
        took.append((time.process_time() - started) * 1000)
    return statistics.median(took)


def _queries(request: Callable[[int], object]) -> list[int]:
    """How many queries each of ten requests makes."""
    counts = []
    for n in range(len(SEARCHES)):
        with CaptureQueriesContext(connection) as caught:
            request(n)
        counts.append(len(caught))
    return counts


def enlarge_catalogue() -> None:
    """Add the made-up entries for everybody, as a load would."""
    rows = [
        Exercise(
            slug=slug,
            data=table,
            digest=digest_of(table),
            name=table["name"],
            kind=table["kind"],
            phase=table["phase"],
            sided=table["sided"],
        )
        for slug, table in synthetic.tables().items()
    ]
    Exercise.objects.bulk_create(rows, batch_size=500)
    CatalogueLoad.objects.create(digest="synthetic".ljust(64, "0"))
