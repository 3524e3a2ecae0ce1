"""A sign that was acknowledged and not cleared: the case says so, and leads to its clearing."""

import datetime as dt
import uuid

from django.test import Client
from django.urls import reverse

from clinic.models import User
from patients.inbox.actions import acknowledge
from patients.models import Case
from programs.sessions import responses
from tests.clock import SetClock
from tests.patients.pages import main_text
from tests.programs.followup.conftest import STARTED, Diary

NOTE = "Examined today: strength is normal."


def test_a_sign_stands_on_the_case_until_it_is_cleared(
    case: Case, diary: Diary, alice: User, client: Client, clock: SetClock
) -> None:
    weak = diary.symptoms(uuid.uuid4(), STARTED, "next_day", 3, (), kinds=("weakness",))
    diary.send(STARTED, weak)
    acknowledge(alert=case.alerts.get(kind="alert"), actor=alice, note="Rang her.")
    clock(STARTED + dt.timedelta(days=10))
    assert responses.answer_for(case).outcome == "get_help"
    client.force_login(alice)
    page = client.get(case.get_absolute_url())
    said = "Stands until cleared Weakness or numbness Clear it with a note : Weakness or numbness"
    assert said in main_text(page)
    url = reverse("sign_clear", args=[case.pk, "neurological_change"])
    assert url in page.content.decode()
    assert "Is it known and stable?" in main_text(client.get(url))
    client.post(url, {"note": NOTE})
    assert responses.answer_for(case).outcome == "carry_on"
    assert "Stands until cleared" not in main_text(client.get(case.get_absolute_url()))


def test_the_share_of_sessions_is_named_in_a_review(
    case: Case, diary: Diary, alice: User, client: Client, clock: SetClock
) -> None:
    """Asked for once a day; done on two days of three."""
    for day in (day for day in range(1, 29) if day % 3):
        at = STARTED + dt.timedelta(days=day, hours=1)
        diary.session(at, before=(5, ("calf_left",)), after=(5, ("calf_left",)))
    clock(STARTED + dt.timedelta(days=29))
    responses.refresh(case)
    client.force_login(alice)
    text = main_text(client.get(reverse("inbox")))
    assert "Weeks of exercise without a change that matters" in text
    assert "That is 67 %: ask what gets in the way too." in text
