"""The list of patients, from the first page to the last and back, while the list moves."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.models import Practice
from clinic.stretches import key_from
from patients.models import Patient
from tests.factories import PatientFactory

NAMES = [f"Number {n:02}" for n in range(45)]


@pytest.fixture
def everybody(practice: Practice, other_practice: Practice) -> list[Patient]:
    """45 patients, the first one touched last; some in the same moment."""
    now = timezone.now()
    for n, name in enumerate(NAMES):
        at = now - dt.timedelta(hours=n // 4)
        PatientFactory(practice=practice, full_name=name, touched_at=at)
    PatientFactory(practice=other_practice, full_name="Somebody of Charlie")
    return list(practice.patients.all())


def names(page: str) -> list[str]:
    return re.findall(r"<bdi>((?:Number|Somebody)[^<]*)</bdi></a>", page)


def leads_on(page: str, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else ""


def walk(client: Client, address: str, rel: str) -> list[list[str]]:
    """What each page shows, until none follows."""
    seen = []
    while address:
        page = client.get(f"/patients/{address}").content.decode()
        seen.append(names(page))
        address = leads_on(page, rel)
    return seen


def test_every_patient_is_on_one_page_there_and_back(
    alice_client: Client, everybody: list[Patient]
) -> None:
    there = walk(alice_client, "?page=7", "next")
    assert [len(page) for page in there] == [20, 20, 5]
    assert sorted(name for page in there for name in page) == NAMES
    first = alice_client.get("/patients/").content.decode()
    second = alice_client.get(f"/patients/{leads_on(first, 'next')}").content.decode()
    third = leads_on(second, "next")
    back = walk(alice_client, third, "prev")
    assert back == there[::-1]
    assert leads_on(first, "prev") == ""


def test_who_moves_up_meanwhile_puts_nobody_on_two_pages(
    alice_client: Client, practice: Practice, everybody: list[Patient]
) -> None:
    page = alice_client.get("/patients/").content.decode()
    Patient.objects.filter(full_name="Number 40").update(
        touched_at=timezone.now() + dt.timedelta(hours=1)
    )
    PatientFactory(practice=practice, full_name="Number 99")
    rest = walk(alice_client, leads_on(page, "next"), "next")
    shown = names(page) + [name for part in rest for name in part]
    assert len(shown) == len(set(shown)) == 44
    assert {*NAMES} - {*shown} == {"Number 40"}


def test_a_key_that_is_none_shows_the_first_page(
    alice_client: Client, everybody: list[Patient]
) -> None:
    first = names(alice_client.get("/patients/").content.decode())
    for key in ("", "x", "20261120T093000.000000_", "_" + "0" * 32, "\x00_1"):
        for way in ("after", "before"):
            page = alice_client.get("/patients/", {way: key}).content.decode()
            assert names(page) == first, (key, way)
        assert key_from(key) is None, key


def test_a_page_far_on_reads_no_more_rows_than_the_first(
    alice_client: Client, everybody: list[Patient]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE patients_patient; SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
    first = alice_client.get("/patients/").content.decode()
    with CaptureQueriesContext(connection) as asked:
        alice_client.get(f"/patients/{leads_on(first, 'next')}")
    (sql,) = [q["sql"] for q in asked.captured_queries if '"touched_at" <= ' in q["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql.rsplit('; ', 1)[-1]}")
        plan = cursor.fetchone()[0][0]["Plan"]
    (scan,) = [node for node in nodes(plan) if node.get("Index Name") == "patient_by_touch"]
    assert "touched_at <=" in scan["Index Cond"]


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for part in plan.get("Plans", ()) for node in nodes(part))]
