"""What a device sends: taken in once, told what follows, and never for somebody else."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from clinic.models import User
from patients.models import Case, SymptomLog
from programs.access.models import PatientAccess
from programs.portal.door.cookie import cookie_name
from programs.prescriptions.models import IssuedPrescription
from programs.sessions.models import SessionLog
from tests.programs.portal.conftest import issue_for, open_door
from tests.programs.samples import sample_prescription

S1 = str(uuid.UUID(int=1))


def symptoms(**fields: Any) -> dict[str, Any]:
    return {
        "type": "symptoms",
        "id": str(uuid.uuid4()),
        "session": S1,
        "at": timezone.now().isoformat(),
        "phase": "before",
        **fields,
    }


def send(client: Client, page: str, *entries: Any, **top: Any) -> Any:
    body = json.dumps({"entries": entries, **top})
    return client.post(f"{page}log/", body, content_type="application/json")


def test_it_is_stored_once_and_answered(
    phone: Client, page: str, issued: IssuedPrescription, case: Case
) -> None:
    entry = symptoms(pain=2, regions=["thigh_back_left"])
    first, second = (send(phone, page, entry).json() for _ in range(2))
    assert (first["stored"], first["known"]) == ([entry["id"]], [])
    assert (second["stored"], second["known"]) == ([], [entry["id"]])
    assert first["page"] == {"issued": issued.pk, "version": 1, "state": "open"}
    assert first["answer"]["title"] == "Carry on"
    row = SymptomLog.objects.get()
    assert (row.case, row.pain, row.left, row.right) == (case, 2, "thigh", "none")


def test_a_red_flag_stops_the_page(phone: Client, page: str) -> None:
    answer = send(phone, page, symptoms(red_flags=["rf_saddle_numbness"])).json()
    assert (answer["answer"]["outcome"], answer["page"]["state"]) == ("get_help", "stopped")
    assert "Please stop your programme" in phone.get(page).content.decode()


def test_a_newer_version_is_told(phone: Client, page: str, case: Case, alice: User) -> None:
    newer = issue_for(case, alice, sample_prescription(1))
    assert send(phone, page).json()["page"] == {"issued": newer.pk, "version": 2, "state": "open"}


NO_BATCHES = [
    (b"{", "application/json", "this is not valid JSON"),
    (b'{"entries": {}}', "application/json", "entries"),
    (b'{"entries": []}', "text/plain", ""),
]


def test_what_is_no_batch_is_refused(phone: Client, page: str) -> None:
    said = []
    for body, kind, _ in NO_BATCHES:
        answer = phone.post(f"{page}log/", body, content_type=kind)
        assert answer.status_code == 400, body
        said.append((body, kind, answer.json()["error"]["field"]))
    assert said == NO_BATCHES


def test_a_broken_entry_is_told_by_its_id(phone: Client, page: str) -> None:
    bad, good = symptoms(pain=11), symptoms(pain=1)
    answer = send(phone, page, bad, good).json()
    assert answer["stored"] == [good["id"]]
    assert [(r["id"], r["field"]) for r in answer["refused"]] == [(bad["id"], "pain")]


def test_a_stranger_and_a_closed_door_store_nothing(
    phone: Client, page: str, access: PatientAccess
) -> None:
    assert send(Client(), page, symptoms()).status_code == 404
    access.revoked_at = timezone.now()
    access.save()
    assert send(phone, page, symptoms()).status_code == 404
    assert not SymptomLog.objects.exists()


def test_a_page_of_another_site_cannot_send(page: str, phone: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[cookie_name()] = phone.cookies[cookie_name()].value
    assert send(strict, page, symptoms()).status_code == 403
    token = strict.get(f"{page}log/").json()["token"]
    headers = {"HTTP_X_CSRFTOKEN": token}
    body = json.dumps({"entries": [symptoms()]})
    sent = strict.post(f"{page}log/", body, content_type="application/json", **headers)
    assert sent.status_code == 200


def test_somebody_elses_ids_are_no_way_in(
    phone: Client, page: str, neighbour: PatientAccess, case: Case
) -> None:
    """The same client ids under another case are other logs; nothing is shared or corrected."""
    theirs = Client()
    entry = symptoms(pain=9)
    send(theirs, open_door(theirs, neighbour, 1948), entry)
    assert send(phone, page, entry).json()["stored"] == [entry["id"]]
    correction = symptoms(pain=1, corrects=entry["id"])
    send(phone, page, correction)
    assert [row.pain for row in neighbour.case.symptom_logs.standing()] == [9]
    assert [row.pain for row in case.symptom_logs.standing()] == [1]


def test_the_number_of_queries_does_not_grow(
    phone: Client, page: str, django_assert_num_queries: Any
) -> None:
    send(phone, page, symptoms(pain=1))
    for _ in range(2):
        for _ in range(6):
            send(phone, page, symptoms(pain=1))
        with django_assert_num_queries(QUERIES):
            send(phone, page, symptoms(pain=1))


QUERIES = 6


@pytest.mark.django_db(transaction=True)
def test_sent_from_two_tabs_at_once_it_is_stored_once(phone: Client, page: str) -> None:
    entries = [symptoms(pain=n) for n in range(5)]
    entries.append({"type": "session", **{k: symptoms()[k] for k in ("id", "session", "at")}})
    entries[-1]["state"] = "finished"

    def run(_: int) -> int:
        client = Client()
        client.cookies[cookie_name()] = phone.cookies[cookie_name()].value
        try:
            return int(send(client, page, *entries).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))) == [200] * 4
    assert SymptomLog.objects.count() == 5
    assert SessionLog.objects.count() == 1
