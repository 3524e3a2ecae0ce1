"""The weeks of the rules on the settings page: set, put back, refused, and kept by two owners."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Practice, Role, User
from tests.clinic.practice.test_two_owners import opened, values
from tests.patients.pages import main_text

URL = reverse("practice_settings")
pytestmark = pytest.mark.django_db


def kept(practice: Practice) -> dict[str, int]:
    practice.refresh_from_db()
    return practice.own_limits


def test_a_limit_is_set_on_record_and_put_back(alice_client: Client, practice: Practice) -> None:
    page = opened(alice_client)
    assert (page["cuff_load_weeks"], page["acl_weeks"]) == ("12", "12")
    assert alice_client.post(URL, {**page, "cuff_load_weeks": "14"}).status_code == 302
    assert kept(practice) == {"cuff_load_weeks": 14}
    assert AuditEntry.objects.get().details == {
        "fields": ["cuff_load_weeks"], "cuff_load_weeks": 14,
    }  # fmt: skip
    # Saved as it stands nothing changes; left empty it is the default again.
    assert opened(alice_client)["cuff_load_weeks"] == "14"
    alice_client.post(URL, opened(alice_client))
    assert AuditEntry.objects.count() == 1
    alice_client.post(URL, {**opened(alice_client), "cuff_load_weeks": ""})
    assert kept(practice) == {}
    assert AuditEntry.objects.latest("pk").details["cuff_load_weeks"] == 12


def test_what_is_refused_stays_typed_in_an_open_group(
    alice_client: Client, practice: Practice
) -> None:
    typed = {
        "acl_impact_weeks": "15",
        "meniscus_weeks": "soon",
        "neck_surgery_weeks": "14",
        "phone": "typed",
    }
    answer = alice_client.post(URL, {**opened(alice_client), **typed})
    assert answer.context["form"].errors == {
        "acl_impact_weeks": ["Choose a whole number from 16 to 104."],
        "meniscus_weeks": ["Choose a whole number from 6 to 52."],
    }
    page = answer.content.decode()
    assert {name: values(page)[name] for name in typed} == typed
    assert page.count('<details class="fold" open>') == 1
    assert kept(practice) == {}


def test_a_limit_does_not_end_before_a_lesser_one(alice_client: Client, practice: Practice) -> None:
    answer = alice_client.post(URL, {**opened(alice_client), "cuff_active_weeks": "10"})
    said = "This must be no less than “after cuff repair: own movement”, which is 10."
    assert answer.context["form"].errors == {"cuff_active_large_weeks": [said]}
    assert kept(practice) == {}


def test_two_owners_set_different_limits(
    alice_client: Client, bob: User, bob_client: Client, practice: Practice
) -> None:
    practice.memberships.filter(user=bob).update(role=Role.OWNER)
    alices, bobs = opened(alice_client), opened(bob_client)
    bob_client.post(URL, {**bobs, "sprain_weeks": "8", "acl_weeks": "13"})
    answer = alice_client.post(URL, {**alices, "meniscus_weeks": "9", "acl_weeks": "14"})
    assert "Somebody changed this meanwhile, to: 13." in main_text(answer)
    again = values(answer.content.decode())
    assert alice_client.post(URL, again).status_code == 302
    assert kept(practice) == {"sprain_weeks": 8, "acl_weeks": 14, "meniscus_weeks": 9}


def test_care_after_a_meniscus_repair_is_no_shorter_than_a_practice_had_it(
    practice: Practice,
) -> None:
    keep = import_module("clinic.migrations.0018_weeks_of_care_for_a_meniscus").keep
    for before, care in [
        ({"acl_weeks": 14}, 14),
        ({"acl_weeks": 8, "meniscus_weeks": 10}, 10),
        ({"meniscus_weeks": 20}, 20),
        ({"sprain_weeks": 8}, None),
    ]:
        practice.own_limits = before
        practice.save()
        keep(apps, None)
        after = {} if care is None else {"meniscus_care_weeks": care}
        assert kept(practice) == {**before, **after}
