"""Two owners with the settings open: each changes what each has touched, and nothing else."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Practice, Role, User
from tests.patients.pages import main_text

URL = reverse("practice_settings")
pytestmark = pytest.mark.django_db


@pytest.fixture
def carol(bob: User, practice: Practice, bob_client: Client) -> Client:
    """Bob as another owner."""
    practice.memberships.filter(user=bob).update(role=Role.OWNER)
    return bob_client


def values(page: str) -> dict[str, str]:
    """What the form of the page would post as it stands."""
    form = page[page.index("<main") :]
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    fields |= {n: v for v, n in re.findall(r'<input[^>]*value="([^"]*)"[^>]*name="([^"]+)"', form)}
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', inner)
        fields[name] = chosen[1] if chosen else ""
    for name, inner in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S
    ):
        fields[name] = inner.strip("\n")
    for name in PLAIN - set(fields):
        fields[name] = ""
    return {name: html.unescape(value) for name, value in fields.items()}


PLAIN = {"address_line_1", "address_line_2", "city", "postcode", "country", "phone", "alert_email",
         "reply_email"}  # fmt: skip


def opened(client: Client) -> dict[str, str]:
    return values(client.get(URL).content.decode())


def test_different_fields_both_stay(
    alice_client: Client, carol: Client, practice: Practice
) -> None:
    alices, carols = opened(alice_client), opened(carol)
    assert carol.post(URL, {**carols, "phone": "01947 222222"}).status_code == 302
    answer = alice_client.post(URL, {**alices, "city": "Scarborough", "fusion_weeks": "14"})
    assert answer.status_code == 302
    practice.refresh_from_db()
    found = (practice.phone, practice.city, practice.fusion_weeks)
    assert found == ("01947 222222", "Scarborough", 14)
    fields = [entry.details["fields"] for entry in AuditEntry.objects.order_by("pk")]
    assert fields == [["phone"], ["city", "fusion_weeks"]]


def test_the_same_field_is_asked_about_and_nothing_typed_is_lost(
    alice_client: Client, carol: Client, practice: Practice
) -> None:
    alices, carols = opened(alice_client), opened(carol)
    carol.post(URL, {**carols, "phone": "01947 222222"})
    answer = alice_client.post(URL, {**alices, "phone": "01947 333333", "city": "Scarborough"})
    assert answer.status_code == 200
    assert "Somebody changed this meanwhile, to: 01947 222222." in main_text(answer)
    practice.refresh_from_db()
    assert (practice.phone, practice.city) == ("01947 222222", "Whitby")
    again = values(answer.content.decode())
    assert (again["phone"], again["city"]) == ("01947 333333", "Scarborough")
    assert alice_client.post(URL, again).status_code == 302
    practice.refresh_from_db()
    assert (practice.phone, practice.city) == ("01947 333333", "Scarborough")


def test_the_same_change_twice_is_none(
    alice_client: Client, carol: Client, practice: Practice
) -> None:
    alices, carols = opened(alice_client), opened(carol)
    carol.post(URL, {**carols, "phone": "01947 222222"})
    assert alice_client.post(URL, {**alices, "phone": "01947 222222"}).status_code == 302
    assert AuditEntry.objects.count() == 1


def test_lines_are_the_same_however_they_end(
    alice_client: Client, carol: Client, practice: Practice
) -> None:
    Practice.objects.update(out_of_hours="Ring 111.\nOr go to A&E.")
    alices, carols = opened(alice_client), opened(carol)
    carol.post(URL, {**carols, "out_of_hours": "Ring 999."})
    alices["out_of_hours"] = alices["out_of_hours"].replace("\n", "\r\n")
    assert alice_client.post(URL, {**alices, "city": "Scarborough"}).status_code == 302
    practice.refresh_from_db()
    assert (practice.out_of_hours, practice.city) == ("Ring 999.", "Scarborough")


@pytest.mark.parametrize("shown", ["", "x", "[]", '{"phone": 3}', '{"nothing": "x"}', "[" * 50_000])
def test_a_mark_that_cannot_be_read_is_no_hindrance(
    alice_client: Client, practice: Practice, shown: str
) -> None:
    data: dict[str, Any] = {**opened(alice_client), "shown": shown, "city": "Scarborough"}
    assert alice_client.post(URL, data).status_code == 302
    practice.refresh_from_db()
    assert practice.city == "Scarborough"
