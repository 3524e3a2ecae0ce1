"""The inbox patient by patient, and one note for several cards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEntry, Practice, Role, User
from patients.models import Alert, Case
from tests.factories import AlertFactory, CaseFactory, MembershipFactory, PatientFactory
from tests.patients.pages import errors, main_text, said, texts

URL = reverse("inbox")
NOTE = "Rang each of them; all are well."
pytestmark = pytest.mark.django_db


@pytest.fixture
def other(practice: Practice, bob: User) -> Case:
    patient = PatientFactory(practice=practice, full_name="Olga Novak", created_by=bob)
    return CaseFactory(patient=patient, clinician=bob)


def card(case: Case, code: str, urgency: str = "soon", minutes: int = 0) -> Alert:
    at = timezone.now() - timedelta(minutes=minutes)
    return AlertFactory(case=case, code=code, urgency=urgency, raised_at=at)


def sent(client: Client, *alerts: Alert, note: str = NOTE) -> dict[str, object]:
    """What the page sends back with these chosen."""
    cards = client.get(URL).context["cards"]
    seen = {f"seen-{one.alert.pk}": one.seen for one in cards}
    return {**seen, "card": [str(alert.pk) for alert in alerts], "note": note}


def open_codes() -> set[str]:
    return set(Alert.objects.filter(acknowledged_at=None).values_list("code", flat=True))


def test_a_patient_stands_together_where_the_most_urgent_is(
    alice_client: Client, case: Case, other: Case
) -> None:
    card(case, "worsening", minutes=5)
    card(other, "both_legs", "same_day")
    card(other, "two_red_days", minutes=9)
    page = alice_client.get(URL)
    assert texts(page, "inbox-group__who") == ["Olga Novak", "Maria Sørensen"]
    assert [len(group.cards) for group in page.context["groups"]] == [2, 1]


def test_several_are_acknowledged_with_one_note_and_each_keeps_it(
    bob_client: Client, bob: User, case: Case, other: Case
) -> None:
    one, two = card(case, "worsening", minutes=5), card(other, "two_red_days")
    card(other, "peripheralising", minutes=9)
    page = bob_client.post(URL, sent(bob_client, one, two), follow=True)
    assert said(page) == ["Acknowledged: 2. Your note is in the record of each."]
    assert open_codes() == {"peripheralising"}
    for alert in (one, two):
        alert.refresh_from_db()
        assert (alert.acknowledged_by, alert.note) == (bob, NOTE)
    assert AuditEntry.objects.filter(action="alert.acknowledge", actor=bob).count() == 2


def test_sent_twice_it_is_done_once(alice_client: Client, alice: User, case: Case) -> None:
    one = card(case, "worsening")
    mine = sent(alice_client, one)
    for words in ("Acknowledged: 1.", "You have acknowledged this already."):
        (told,) = said(alice_client.post(URL, mine, follow=True))
        assert told.startswith(words)
    assert AuditEntry.objects.filter(action="alert.acknowledge", actor=alice).count() == 1


def test_who_was_quicker_keeps_the_first_word_and_mine_stays_typed(
    alice_client: Client, bob_client: Client, case: Case
) -> None:
    one = card(case, "worsening")
    mine = sent(alice_client, one)
    bob_client.post(URL, sent(bob_client, one, note="Bob was here first."))
    page = alice_client.post(URL, mine)
    assert "One of these is done, or has changed. Look once more." in main_text(page)
    assert NOTE in page.content.decode()
    one.refresh_from_db()
    assert one.note == "Bob was here first."


@pytest.mark.parametrize(
    ("note", "words"),
    [("", "Write what you did or decided."), ("..", "Write a few words")],
)
def test_a_refusal_keeps_what_was_chosen_and_typed(
    alice_client: Client, case: Case, note: str, words: str
) -> None:
    one = card(case, "worsening")
    page = alice_client.post(URL, sent(alice_client, one, note=note))
    assert errors(page)[0].startswith(words)
    assert page.context["form"].picked == [str(one.pk)]
    assert f'id="pick-{one.pk}" checked' in page.content.decode()
    assert open_codes() == {"worsening"}


def test_nothing_chosen_is_said_so(alice_client: Client, case: Case) -> None:
    card(case, "worsening")
    page = alice_client.post(URL, sent(alice_client))
    assert "Choose at least one." in main_text(page)
    assert NOTE in page.content.decode()


def test_what_came_in_since_is_read_first_and_nothing_is_half_done(
    alice_client: Client, case: Case, other: Case
) -> None:
    one, two = card(case, "worsening", minutes=5), card(other, "two_red_days")
    data = sent(alice_client, one, two) | {f"seen-{two.pk}": "something else"}
    page = alice_client.post(URL, data)
    assert "Olga Novak: It was reported again since you opened this page." in main_text(page)
    assert open_codes() == {"worsening", "two_red_days"}


def test_an_emergency_needs_a_note_of_its_own(alice_client: Client, case: Case) -> None:
    alert = AlertFactory(case=case)
    card(case, "worsening", minutes=300)
    page = alice_client.get(URL)
    assert f'id="pick-{alert.pk}"' not in page.content.decode()
    refused = alice_client.post(URL, sent(alice_client, alert))
    assert "One of these is done, or has changed." in main_text(refused)
    assert open_codes() == {"red_flag", "worsening"}


def test_a_stranger_acknowledges_nothing(
    alice_client: Client, charlie_client: Client, case: Case
) -> None:
    one = card(case, "worsening")
    charlie_client.post(URL, sent(alice_client, one))
    assert open_codes() == {"worsening"}


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.READ_ONLY])
def test_whoever_may_not_sees_no_button(
    client: Client, practice: Practice, case: Case, role: Role
) -> None:
    card(case, "worsening")
    member = MembershipFactory(practice=practice, role=role)
    client.force_login(member.user, "django.contrib.auth.backends.ModelBackend")
    page = client.get(URL)
    words = main_text(page)
    assert "Maria Sørensen" in words
    for button in ("Acknowledge", "Choose", "Several at once"):
        assert button not in words
    assert "/snooze/" not in page.content.decode()
