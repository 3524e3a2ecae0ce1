"""Who looked: what an entry holds, how coming and going are kept, and that nothing changes it."""

import logging

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Look, Practice, User
from clinic.server.logs import PrivacyFilter
from patients.models import Case
from patients.record.actions import set_archived
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(practice: Practice) -> Case:
    return factories.CaseFactory(patient__practice=practice, patient__full_name="Hannah Hale")


def looked(**about: object) -> list[tuple[str, str]]:
    return list(Look.objects.filter(**about).order_by("pk").values_list("kind", "page"))


def test_an_entry_says_who_whose_and_when(alice_client: Client, alice: User, case: Case) -> None:
    answer = alice_client.get(case.get_absolute_url())
    row = Look.objects.get(page="case")
    assert (row.actor, row.kind, row.practice) == (alice, "read", case.practice)
    assert (row.patient, row.case) == (case.patient_id, case.pk)
    assert str(row.request_id) == answer.headers["X-Request-ID"]
    assert f"{row.at:%d %b %Y %H:%M}" == "20 Nov 2026 09:30"


def test_two_records_on_one_page_are_two_entries(
    alice_client: Client, practice: Practice, case: Case
) -> None:
    other = factories.PatientFactory(practice=practice)
    alice_client.get(reverse("patient_merge", args=[case.patient_id, other.pk]))
    seen = set(Look.objects.filter(page="patient_merge").values_list("patient", flat=True))
    assert seen == {case.patient_id, other.pk}


def test_a_report_is_first_read_and_then_printed(alice_client: Client, case: Case) -> None:
    url = reverse("progress_report", args=[case.pk])
    alice_client.get(url)
    alice_client.post(url, {"to": "Dr Jones", "note": "Fine.", "parts": ["goals"]})
    assert looked(page="progress_report") == [
        ("read", "progress_report"),
        ("print", "progress_report"),
    ]


def test_what_is_not_found_leaves_no_entry(charlie_client: Client, case: Case) -> None:
    assert charlie_client.get(case.get_absolute_url()).status_code == 404
    assert looked(page="case") == []


def test_coming_is_kept_once_a_session_and_going_too(
    client: Client, alice: User, password: str
) -> None:
    client.post(reverse("sign_in"), {"username": alice.email, "password": password})
    client.get(reverse("catalogue"))
    client.get(reverse("catalogue"))
    client.post(reverse("sign_out"))
    assert looked() == [("sign_in", "sign_in"), ("sign_out", "sign_out")]


def test_who_works_in_two_practices_comes_into_each(
    alice_client: Client, alice: User, other_practice: Practice
) -> None:
    factories.MembershipFactory(practice=other_practice, user=alice)
    alice_client.get(reverse("catalogue"))
    alice_client.post(reverse("switch_practice"), {"practice": other_practice.pk})
    alice_client.get(reverse("catalogue"))
    places = Look.objects.filter(kind="sign_in").values_list("practice", flat=True)
    assert len(set(places)) == len(places) == 2


def test_nothing_changes_an_entry(alice_client: Client, case: Case) -> None:
    alice_client.get(case.get_absolute_url())
    for change in (lambda: Look.objects.update(page="catalogue"), Look.objects.all().delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_a_change_has_the_number_of_its_request_and_its_patient(
    alice_client: Client, case: Case
) -> None:
    answer = alice_client.post(reverse("case_close", args=[case.pk]))
    entry = AuditEntry.objects.get(request_id=answer.headers["X-Request-ID"])
    assert entry.patient == case.patient_id


def test_outside_of_a_request_there_is_no_number(alice: User, practice: Practice) -> None:
    patient = factories.PatientFactory(practice=practice)
    set_archived(patient=patient, actor=alice, archived=True)
    entry = AuditEntry.objects.get(target_id=str(patient.pk))
    assert (entry.request_id, entry.patient) == (None, patient.pk)


def test_a_line_of_the_log_has_the_number(charlie_client: Client, case: Case) -> None:
    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(str(vars(record)["request_id"]))

    handler = Keeping()
    handler.addFilter(PrivacyFilter())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        answer = charlie_client.get(case.get_absolute_url())
    finally:
        logger.removeHandler(handler)
    assert lines == [answer.headers["X-Request-ID"]]
