"""What was done: the latest first, a page that goes on behind a card, and nobody twice."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import Practice, User
from patients.inbox import views
from patients.inbox.done import done_of
from patients.models import Alert, Case
from tests.clock import NOW
from tests.factories import AlertFactory
from tests.patients.inbox.test_waiting_count import alerts, nodes, seen
from tests.patients.pages import texts

URL = reverse("inbox")
pytestmark = pytest.mark.django_db


def done(case: Case, by: User, name: str, minutes: int) -> Alert:
    """A review that was acknowledged so many minutes ago."""
    said = {
        "acknowledged_at": NOW - timedelta(minutes=minutes),
        "acknowledged_by": by,
        "note": "Seen.",
    }
    return AlertFactory(
        case=case, kind="review", code="review", item=name, item_name=name, urgency="soon",
        occasion=name, **said,
    )  # fmt: skip


def names(response: Any) -> list[str]:
    """The exercises whose cards are shown."""
    return [title.rpartition(": ")[2] for title in texts(response, "alert-item__title")]


def pages(response: Any) -> list[str]:
    return re.findall(r'rel="(prev|next)"', response.content.decode())


def address(response: Any, way: str) -> str:
    """Where the list goes on, or back."""
    found = re.search(rf'rel="{way}" href="([^"]+)"', response.content.decode())
    assert found is not None
    return html.unescape(found[1])


def test_the_list_goes_on_behind_a_card_and_comes_back(
    alice_client: Client, alice: User, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_PAGE_SIZE", 2)
    for minutes, name in enumerate(["Walk", "March", "Bend", "Curl", "Bridge"]):
        # March and Bend with one press.
        done(case, alice, name, {2: 1}.get(minutes, minutes))
    first = alice_client.get(URL, {"show": "done"})
    assert (names(first), pages(first)) == (["Walk", "March"], ["next"])
    second = alice_client.get(URL + address(first, "next"))
    assert (names(second), pages(second)) == (["Bend", "Curl"], ["prev", "next"])
    done(case, alice, "Late", 0)
    third = alice_client.get(URL + address(second, "next"))
    assert (names(third), pages(third)) == (["Bridge"], ["prev"])
    back = alice_client.get(URL + address(third, "prev"))
    assert names(back) == ["Bend", "Curl"]


def test_what_names_no_card_shows_the_latest(alice_client: Client, alice: User, case: Case) -> None:
    done(case, alice, "Walk", 3)
    for after in ("", "x", "20261120T093000.000000_zz", "~~"):
        assert names(alice_client.get(URL, {"show": "done", "after": after})) == ["Walk"], after


def test_an_index_leads_to_what_is_behind(practice: Practice, other_practice: Practice) -> None:
    """Of a list of any length, what a page shows is read, and not what lies before or behind."""
    for owner in (practice, other_practice):
        alerts(owner, 400, **seen())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE patients_alert")
        cursor.execute("SET LOCAL enable_seqscan = off")
    request = RequestFactory().get(URL)
    with CaptureQueriesContext(connection) as asked:
        assert len(done_of(request, practice, size=20)) == 20
    sql = asked.captured_queries[-1]["sql"].rsplit("; ", 1)[-1]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()[0]
    used = {node["Index Name"] for node in nodes(plan["Plan"]) if "Index Name" in node}
    assert used == {"alerts_done"}
