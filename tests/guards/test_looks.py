"""Every address that shows a patient's record leaves an entry of who looked.

A new kind of argument fails here until it is said whose record it leads to, or that it leads to
none.
"""

import pytest
from django.conf import settings
from django.test import Client

from clinic.models import Look, Practice, User
from tests.guards.addresses import Address, every_address
from tests.guards.arguments import ARGUMENTS
from tests.guards.test_signin import OPEN
from tests.guards.world import World

NO_RECORD = {
    "exercise_id", "frame", "invitation_id", "membership_id", "named", "picture_id", "pk",
    "rule_id", "side", "signed_in_id", "wanted", "wish_id",
}  # fmt: skip
"""What belongs to the practice or its catalogue, and to no patient; ``pk`` is a passkey, and the
page of ``wanted`` handouts says only how many are ready."""
WITHIN = {
    "access_id", "answer_id", "code", "goal_id", "item", "item_id", "merge_id", "version",
    "visit_id",
}  # fmt: skip
"""What is found below a case, a program or a patient, which the same address names."""
WITH_ARGUMENTS = [a for a in every_address() if a.converters and a.name not in OPEN]
OF_A_RECORD = [a for a in WITH_ARGUMENTS if set(a.converters) & set(settings.RECORD_ARGUMENTS)]


@pytest.fixture
def world(practice: Practice, alice: User) -> World:
    return World(practice, alice)


def test_every_argument_has_its_place() -> None:
    found = {name for address in WITH_ARGUMENTS for name in address.converters}
    assert found == set(settings.RECORD_ARGUMENTS) | NO_RECORD | WITHIN


def test_what_is_below_a_record_comes_with_it() -> None:
    alone = [a.name for a in WITH_ARGUMENTS if set(a.converters) & WITHIN and a not in OF_A_RECORD]
    assert alone == []


@pytest.mark.parametrize("address", OF_A_RECORD, ids=lambda address: address.name)
def test_what_is_shown_is_kept(alice_client: Client, world: World, address: Address) -> None:
    url = address.url(ARGUMENTS[address.name](world))
    for answer in (alice_client.get(url), alice_client.post(url)):
        shown = answer.status_code < 300
        rows = Look.objects.filter(request_id=answer.headers["X-Request-ID"], page=address.name)
        assert rows.exists() == shown
        # What shows something of others as well has a row without a patient besides.
        lists = int(shown and address.name in settings.RECORD_LISTS)
        assert [row.patient for row in rows].count(None) == lists


@pytest.mark.parametrize("name", settings.RECORD_LISTS)
def test_a_list_is_kept_without_a_patient(alice_client: Client, world: World, name: str) -> None:
    (address,) = [a for a in every_address() if a.name == name]
    url = address.url(ARGUMENTS[name](world) if address.converters else None)
    answer = alice_client.get(url, {"q": "Hannah"})
    rows = Look.objects.filter(request_id=answer.headers["X-Request-ID"], page=name)
    assert rows.filter(patient=None, case=None).count() == 1
