"""Who did what, as the lead sees it, as files, and as each clinician sees it on a case."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from fhir.resources.R4B.bundle import Bundle

from clinic import audit
from clinic.models import Look, Practice, User
from patients.models import Case
from tests import factories
from tests.clock import NOW, SetClock
from tests.every_row import every

pytestmark = pytest.mark.django_db
LEAD = ["data_and_access", "access_record", "access_record_csv", "access_record_fhir"]


@pytest.fixture
def case(practice: Practice) -> Case:
    return factories.CaseFactory(patient__practice=practice, patient__full_name="Hannah Hale")


def shown(client: Client, **asked: object) -> list[tuple[str, str, str, str]]:
    """Who, what and with whose record, from the top."""
    page = client.get(reverse("access_record"), asked)
    return [
        (row["entry"].who, row["entry"].kind_words, row["entry"].what, row["patient"])
        for row in page.context["entries"]
    ]


def test_the_lead_sees_who_looked_and_who_changed(
    alice_client: Client, bob_client: Client, case: Case
) -> None:
    bob_client.get(case.get_absolute_url())
    bob_client.post(reverse("case_close", args=[case.pk]))
    assert shown(alice_client)[-4:] == [
        ("Bob Brown", "Changed", "Case closed", "Hannah Hale"),
        ("Bob Brown", "Read", "Case", "Hannah Hale"),
        ("Bob Brown", "Signed in", "Sign in", ""),
        ("Alice Archer", "Changed", "Case opened", "Hannah Hale"),
    ]


def test_it_can_be_filtered(
    alice_client: Client, bob_client: Client, bob: User, practice: Practice, case: Case
) -> None:
    other = factories.CaseFactory(patient__practice=practice, patient__full_name="Otto Orr")
    for client, seen in ((bob_client, case), (bob_client, other), (alice_client, case)):
        client.get(seen.get_absolute_url())
    read = ("Read", "Case")
    assert shown(alice_client, person=bob.pk, kind="read") == [
        ("Bob Brown", *read, "Otto Orr"),
        ("Bob Brown", *read, "Hannah Hale"),
    ]
    mine = [("Alice Archer", *read, "Hannah Hale"), ("Bob Brown", *read, "Hannah Hale")]
    assert shown(alice_client, patient="hale", kind="read") == mine
    assert shown(alice_client, patient=str(case.patient_id), kind="read") == mine
    assert shown(alice_client, patient="Nobody") == []
    assert shown(alice_client, kind="change", person=bob.pk) == []


def test_it_can_be_filtered_by_days_of_the_practice(
    alice_client: Client, bob_client: Client, clock: SetClock, case: Case
) -> None:
    clock(NOW - timedelta(days=2))
    bob_client.get(case.get_absolute_url())
    clock(NOW)
    day = {"patient": "Hale", "kind": "read", "since": "2026-11-18", "until": "2026-11-18"}
    assert len(shown(alice_client, **day)) == 1
    assert shown(alice_client, **{**day, "until": "2026-11-17", "since": "2026-11-17"}) == []


@every("asked", [{"person": "999999"}, {"kind": "x"}, {"since": "yesterday"}, {"after": "~~"}])
def test_what_cannot_be_asked_is_no_fault(alice_client: Client, asked: dict[str, str]) -> None:
    assert alice_client.get(reverse("access_record"), asked).status_code == 200


def test_pieces_follow_each_other_without_gap_or_double(
    alice_client: Client, alice: User, practice: Practice, case: Case
) -> None:
    """Many entries of both kinds, and the opening of the case."""
    Look.objects.bulk_create(
        Look(practice=practice, actor=alice, kind="read", page="case", patient=case.patient_id)
        for _ in range(70)
    )
    for number in range(60):
        action = f"case.change{number % 2}"
        audit.record(practice=practice, actor=alice, action=action, target=case)
    url, found = reverse("case_looks", args=[case.pk]), []
    page = alice_client.get(url)
    while page.context["older"]:
        found += page.context["entries"]
        page = alice_client.get(url, {"after": page.context["older"]})
    found += page.context["entries"]
    keys = [row["entry"].key for row in found]
    assert keys == sorted(set(keys), reverse=True)
    assert sum(row["times"] for row in found) == 131


def test_the_same_again_is_one_line(alice_client: Client, case: Case) -> None:
    for _ in range(3):
        alice_client.get(case.get_absolute_url())
    page = alice_client.get(reverse("access_record"), {"kind": "read"})
    assert [row["times"] for row in page.context["entries"]] == [3]
    assert b"Case, 3 times since" in page.content


def test_a_clinician_sees_who_looked_at_a_case(
    alice_client: Client, bob_client: Client, practice: Practice, case: Case
) -> None:
    alice_client.get(case.get_absolute_url())
    other = factories.CaseFactory(patient__practice=practice)
    alice_client.get(other.get_absolute_url())
    page = bob_client.get(reverse("case_looks", args=[case.pk]))
    entries = [row["entry"] for row in page.context["entries"]]
    assert [(entry.who, entry.what) for entry in entries] == [
        ("Alice Archer", "Case"),
        ("Alice Archer", "Case opened"),
    ]
    assert b"Who looked" in bob_client.get(case.get_absolute_url()).content


@every("name", LEAD)
def test_the_lists_are_for_the_lead(bob_client: Client, name: str) -> None:
    assert bob_client.get(reverse(name)).status_code == 403


def test_nothing_of_another_practice(charlie_client: Client, case: Case, alice: User) -> None:
    audit.record(practice=case.practice, actor=alice, action="case.change", target=case)
    for name in LEAD:
        answer = charlie_client.get(reverse(name))
        body = b"".join(answer) if answer.streaming else answer.content
        assert b"Alice" not in body, name


def test_the_table_is_safe_for_a_spreadsheet(alice_client: Client, alice: User, case: Case) -> None:
    alice.full_name = "=HYPERLINK(1)"
    alice.save()
    alice_client.get(case.get_absolute_url())
    answer = alice_client.get(reverse("access_record_csv"), {"kind": "read"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="access-2026-11-20.csv"'
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    (row,) = [row for row in rows if row["Page or action"] == "case"]
    assert row["Who"] == "'=HYPERLINK(1)"
    assert row["Patient"] == str(case.patient_id)
    assert row["When"].startswith("2026-11-20T")


def test_the_bundle_is_fhir(
    alice_client: Client, bob_client: Client, bob: User, case: Case
) -> None:
    bob_client.get(case.get_absolute_url())
    bob_client.post(reverse("case_close", args=[case.pk]))
    text = b"".join(alice_client.get(reverse("access_record_fhir"), {"person": bob.pk}))
    bundle: Any = Bundle.model_validate_json(text)
    events = [entry.resource for entry in bundle.entry]
    assert [(event.type.code, event.action) for event in events] == [
        ("110110", "U"),
        ("110110", "R"),
        ("110114", "E"),
    ]
    assert events[1].agent[0].who.display == "Bob Brown"
    assert events[1].entity[0].what.reference == f"Patient/{case.patient_id}"
    assert case.title.encode() not in text


def test_taking_the_record_out_is_on_record(alice_client: Client) -> None:
    b"".join(alice_client.get(reverse("access_record_csv")))
    json.loads(b"".join(alice_client.get(reverse("access_record_fhir"))))
    kept = Look.objects.filter(kind="export").values_list("page", flat=True)
    assert sorted(kept) == ["access_record_csv", "access_record_fhir"]


def test_the_page_takes_the_same_queries_for_few_and_for_many(
    alice_client: Client, alice: User, case: Case, django_assert_num_queries: object
) -> None:
    look = {"practice": case.practice, "actor": alice, "kind": "read", "page": "case"}
    for rows in (1, 39):
        for _ in range(rows):
            audit.record(practice=case.practice, actor=alice, action="case.change", target=case)
            Look.objects.create(**look, patient=case.patient_id, case=case.pk)
        alice_client.get(reverse("access_record"))
        with django_assert_num_queries(9):  # type: ignore[operator]
            alice_client.get(reverse("access_record"))
