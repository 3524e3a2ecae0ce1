"""One friendly page for every door that does not open, the same to the last byte."""

import datetime as dt
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Practice, User
from programs.access.models import PatientAccess, new_token
from programs.prescriptions.models import Program
from tests.programs.portal.conftest import days_ago, link, make_case, open_door

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]


def seen(answer: Any) -> tuple[int, bytes, list[tuple[str, str]], list[str]]:
    return (
        answer.status_code,
        answer.content,
        sorted(answer.items()),
        sorted(answer.cookies),
    )


@pytest.fixture
def revoked(neighbour: PatientAccess, alice: User) -> PatientAccess:
    neighbour.revoked_at = timezone.now()
    neighbour.revoked_by = alice
    neighbour.save()
    return neighbour


@pytest.fixture
def expired(access: PatientAccess) -> PatientAccess:
    access.expires_at = days_ago(0.001)
    access.save()
    return access


@pytest.fixture
def never_issued(practice: Practice, alice: User) -> PatientAccess:
    case = make_case(practice, alice, "Draft Only", dt.date(1960, 1, 1))
    Program.objects.create(case=case, title="Draft", created_by=alice, changed_by=alice)
    return PatientAccess.objects.ensure(case=case, by=alice)


def test_unknown_revoked_expired_and_never_issued_are_the_same_page(
    phone: Client,
    revoked: PatientAccess,
    expired: PatientAccess,
    never_issued: PatientAccess,
) -> None:
    addresses = [
        f"/p/{new_token()}/",
        link(revoked),
        link(expired),
        link(never_issued),
        "/p/x/",
        "/p/%00/",
        "/p/" + "a" * 3000 + "/",
        "/p/some/where/else/",
        f"/p/today/{uuid.uuid4()}/",
        "/p/today/",
    ]
    pages = [seen(phone.get(address)) for address in addresses]
    assert pages == [pages[0]] * len(pages)
    assert pages[0][0] == 404
    text = pages[0][1].decode()
    assert "This page does not open" in text
    assert "type the code from your paper" in text
    assert 'href="/p/"' in text
    assert "Call the practice that gave you the paper" in text


def test_answering_a_door_that_is_not_there_gets_the_same_page(
    phone: Client, revoked: PatientAccess, expired: PatientAccess
) -> None:
    addresses = [f"/p/{new_token()}/", link(revoked), link(expired)]
    pages = [seen(phone.post(address, {"year": "1948"})) for address in addresses]
    assert pages == [seen(phone.get("/p/x/"))] * 3


def test_the_same_queries_are_asked_for_every_closed_door(
    phone: Client,
    revoked: PatientAccess,
    expired: PatientAccess,
    never_issued: PatientAccess,
    django_assert_num_queries: Queries,
) -> None:
    for address in (
        f"/p/{new_token()}/",
        link(revoked),
        link(expired),
        link(never_issued),
        "/p/x/",
    ):
        with django_assert_num_queries(2):
            phone.get(address)


def test_a_link_without_its_last_slash_still_opens(phone: Client, access: PatientAccess) -> None:
    answer = phone.get(link(access).rstrip("/"), follow=True)
    assert "What year were you born?" in answer.content.decode()


def test_an_archived_patients_link_is_closed(phone: Client, access: PatientAccess) -> None:
    address = open_door(phone, access)
    patient = access.case.patient
    patient.archived_at = timezone.now()
    patient.save()
    assert phone.get(link(access)).status_code == 404
    assert phone.get(address).status_code == 404
