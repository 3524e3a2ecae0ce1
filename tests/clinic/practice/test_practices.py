"""Which practice a request works in."""

from datetime import UTC, datetime

import pytest
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.middleware import PracticeMiddleware
from clinic.models import Practice, User
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
HOME = reverse("dashboard")


def never(request: HttpRequest) -> HttpResponseBase:
    raise AssertionError("Nothing asks for this response.")


def test_somebody_in_two_practices_switches(
    alice: User, alice_client: Client, practice: Practice, other_practice: Practice
) -> None:
    MembershipFactory(user=alice, practice=other_practice)
    assert alice_client.get(HOME).context["practice"] == practice
    page = alice_client.post(
        reverse("switch_practice"), {"practice": other_practice.pk}, follow=True
    )
    assert page.context["practice"] == other_practice
    # A clinician there, although an owner here.
    assert alice_client.get(reverse("practice_settings")).status_code == 403


@pytest.mark.parametrize("wanted", ["other", "", "x", "999999"])
def test_nobody_switches_to_a_practice_of_others(
    alice_client: Client, practice: Practice, other_practice: Practice, wanted: str
) -> None:
    value = str(other_practice.pk) if wanted == "other" else wanted
    page = alice_client.post(reverse("switch_practice"), {"practice": value}, follow=True)
    assert page.context["practice"] == practice
    assert list(page.context["messages"]) == []


def test_looking_switches_nothing_and_leads_on(alice_client: Client) -> None:
    assert alice_client.get(reverse("switch_practice")).headers["Location"] == reverse("dashboard")
    asked = {"next": reverse("catalogue")}
    assert alice_client.get(reverse("switch_practice"), asked).headers["Location"] == reverse(
        "catalogue"
    )


def test_a_membership_that_ends_closes_the_door_at_the_next_click(
    bob: User, bob_client: Client, practice: Practice
) -> None:
    assert bob_client.get(HOME).status_code == 200
    practice.memberships.filter(user=bob).update(is_active=False)
    page = bob_client.get(HOME)
    assert (page.status_code, page.templates[0].name) == (403, "clinic/no_practice.html")
    assert "Harbour" not in page.content.decode()


def test_a_membership_that_ends_leaves_the_other_practice(
    alice: User, alice_client: Client, practice: Practice, other_practice: Practice
) -> None:
    MembershipFactory(user=alice, practice=other_practice)
    alice_client.get(HOME)
    practice.memberships.filter(user=alice).update(is_active=False)
    assert alice_client.get(HOME).context["practice"] == other_practice


def test_a_closed_account_is_signed_out(bob: User, bob_client: Client) -> None:
    bob.is_active = False
    bob.save()
    assert bob_client.get(HOME).status_code == 302


def test_somebody_without_a_practice_may_change_a_password_and_leave(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(HOME).status_code == 403
    assert client.get(reverse("change_password")).status_code == 200
    assert client.post(reverse("sign_out")).status_code == 302


def test_times_are_shown_in_the_zone_of_the_practice(
    alice_client: Client, practice: Practice
) -> None:
    practice.time_zone = "Pacific/Auckland"
    practice.save()
    noon = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    request = alice_client.get(HOME).wsgi_request
    try:
        PracticeMiddleware(never).process_view(request, never, (), {})
        assert timezone.localtime(noon).isoformat() == "2026-11-21T01:00:00+13:00"
    finally:
        timezone.deactivate()


def test_the_zone_of_one_request_does_not_leak_into_the_next(
    alice_client: Client, practice: Practice
) -> None:
    practice.time_zone = "Pacific/Auckland"
    practice.save()
    alice_client.get(HOME)
    assert timezone.get_current_timezone_name() == "UTC"
