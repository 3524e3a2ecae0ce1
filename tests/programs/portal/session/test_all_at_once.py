"""Knocks sent all at once are counted one by one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from clinic.models import Guess
from programs.access.models import DeviceGrant, PatientAccess
from programs.access.throttle import year_key
from tests.programs.portal.conftest import link

pytestmark = pytest.mark.django_db(transaction=True)


def knock(access: PatientAccess, year: int) -> int:
    """One answer from one of many devices, on a connection of its own."""
    try:
        client = Client(REMOTE_ADDR=f"203.0.113.{year % 100}")
        return int(client.post(link(access), {"year": str(year)}).status_code)
    finally:
        connection.close()


def test_a_burst_of_guesses_gets_no_more_than_five(access: PatientAccess) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda year: knock(access, year), range(1900, 1924)))
    # Who knocked early and is answered late hears of the wait that others have brought meanwhile.
    assert set(answers) <= {200, 429}
    assert answers.count(429) >= 20
    assert Guess.objects.filter(key=year_key(access)).count() == 5
    assert knock(access, 1951) == 429
    assert DeviceGrant.objects.count() == 0


def test_a_burst_of_codes_gets_no_more_than_ten(access: PatientAccess) -> None:
    def one(n: int) -> int:
        try:
            code = "AAAAAAA" + "3479ABCDEFGHJKMNPRSTWXYZ"[n]
            return int(Client().post("/p/", {"code": code}).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(one, range(24)))
    assert answers == [200] * 10 + [429] * 14
