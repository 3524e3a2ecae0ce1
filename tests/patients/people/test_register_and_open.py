"""Registering somebody who is in the room: the case opens in the same press."""

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice, Role
from patients.models import Patient
from tests.factories import MembershipFactory
from tests.patients.pages import filled, main_text

pytestmark = pytest.mark.django_db
URL = reverse("patient_create")
WHO = {"full_name": "Nell Newcome", "date_of_birth": "1961-05-04", "then": "case"}


def test_it_leads_to_the_form_of_a_case(alice_client: Client) -> None:
    sent = {**filled(alice_client, URL), **WHO}
    # A second click finds the patient that the first one made.
    for _ in range(2):
        done = alice_client.post(URL, sent)
        patient = Patient.objects.get()
        assert done["Location"] == reverse("case_create", args=[patient.pk])
    page = alice_client.get(done["Location"]).content.decode()
    assert "autofocus" in page


def test_who_opens_no_cases_is_not_offered_it(client: Client, practice: Practice) -> None:
    member = MembershipFactory(practice=practice, role=Role.ASSISTANT)
    client.force_login(member.user, "django.contrib.auth.backends.ModelBackend")
    words = main_text(client.get(URL))
    assert "open a case" not in words
    done = client.post(URL, {**filled(client, URL), **WHO})
    assert done["Location"] == Patient.objects.get().get_absolute_url()
