"""Clicks in the same moment, on real connections: one invitation is open, one answer counts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from clinic.accounts.invitations import join_as_new
from clinic.models import Invitation, Practice, Role, User
from clinic.practice.actions import invite
from tests.factories import PASSWORD
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_clicks_leave_one_open_invitation(practice: Practice, alice: User) -> None:
    start = Barrier(4, timeout=PATIENCE_S)

    def click(_: int) -> str:
        start.wait()
        try:
            invite(
                practice=practice,
                actor=alice,
                email="dora@example.org",
                full_name="Dora Dale",
                role=Role.CLINICIAN,
            )
        finally:
            connection.close()
        return "sent"

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(click, range(4))) == ["sent"] * 4
    assert Invitation.objects.count() == 4
    assert Invitation.objects.waiting().count() == 1


def test_four_answers_make_one_member(practice: Practice, alice: User) -> None:
    invitation, _ = invite(
        practice=practice,
        actor=alice,
        email="dora@example.org",
        full_name="Dora Dale",
        role=Role.CLINICIAN,
    )
    start = Barrier(4, timeout=PATIENCE_S)

    def answer(_: int) -> str:
        start.wait()
        try:
            join_as_new(invitation=invitation, full_name="Dora Dale", password=PASSWORD)
        except ValidationError as error:
            return error.messages[0]
        else:
            return "joined"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(answer, range(4)))
    assert answers == [*["This invitation has been answered, or is too old."] * 3, "joined"]
    assert practice.memberships.filter(user__email="dora@example.org").count() == 1
