"""Two clicks in the same moment, on two real connections, add one person once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from clinic.models import Practice, Role, User
from clinic.practice.actions import add_member

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_add_one_member(practice: Practice, alice: User) -> None:
    start = Barrier(4)

    def click(_: int) -> str:
        start.wait()
        try:
            made = add_member(
                practice=practice,
                actor=alice,
                email="dora@example.org",
                full_name="Dora Dale",
                role=Role.CLINICIAN,
            )
        except ValidationError as error:
            return error.messages[0]
        else:
            return made.user.full_name
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(click, range(4)))
    assert answers == ["Dora Dale", *["This person is already a member."] * 3]
    assert practice.memberships.filter(user__email="dora@example.org").count() == 1
