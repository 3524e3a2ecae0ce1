"""A form whose token does not fit: what happened, in the words of whoever sent it."""

import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from clinic.models import User
from patients.models import Patient
from tests.patients.pages import main_text

NEW = reverse("patient_create")
ANN = {"full_name": "Ann O'Neil of Ayr", "date_of_birth": "1950-02-03"}
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def strict(alice: User) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    return client


def test_a_browser_without_cookies_is_told(strict: Client) -> None:
    answer = strict.post(NEW, ANN, **HERE)
    assert answer.status_code == 403
    assert "Your browser sent no cookie" in main_text(answer)


def test_another_name_or_port_is_told_with_what_to_set(strict: Client) -> None:
    for origin in ("https://testserver", "http://testserver:8443", "http://other.example"):
        answer = strict.post(NEW, ANN, HTTP_ORIGIN=origin)
        words = main_text(answer)
        assert "This form came under another name" in words
        assert "CSRF_TRUSTED_ORIGINS" in words
        assert "Ann O'Neil" not in words


def test_a_page_that_is_too_old_is_sent_with_one_more_press(strict: Client) -> None:
    strict.get(NEW)
    answer = strict.post(NEW, {**ANN, "csrfmiddlewaretoken": "x" * 64}, **HERE)
    assert answer.status_code == 403
    assert "This page was open for too long" in main_text(answer)
    assert "Ann O'Neil of Ayr" in main_text(answer)
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.content.decode())[-1]
    assert not Patient.objects.exists()
    assert strict.post(NEW, {**ANN, "csrfmiddlewaretoken": token}, **HERE).status_code == 302
    assert Patient.objects.get().full_name == "Ann O'Neil of Ayr"


def test_what_another_site_sends_is_never_offered_again(strict: Client) -> None:
    """Without an Origin that is ours, one press must not send what somebody else wrote."""
    strict.get(NEW)
    answer = strict.post(NEW, {**ANN, "csrfmiddlewaretoken": "x" * 64})
    assert "This page was open for too long" in main_text(answer)
    assert "Ann O'Neil" not in main_text(answer)
    assert "Send it again" not in main_text(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ("http://testserver", "Your browser keeps no cookies for this page."),
        ("http://elsewhere.example", "Use the link or the code on your paper."),
    ],
)
def test_patients_get_the_patients_page(origin: str, words: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("portal_code"), {"code": "ABCD"}, HTTP_ORIGIN=origin)
    assert answer.status_code == 403
    assert words in main_text(answer)
    assert "The number is on your paper." in main_text(answer)


@pytest.mark.django_db
def test_the_patients_page_lets_an_old_form_be_sent_again() -> None:
    client = Client(enforce_csrf_checks=True)
    with override_settings(CSRF_USE_SESSIONS=False):
        client.get(reverse("portal_code"))
        answer = client.post(
            reverse("portal_code"), {"code": "ABCD", "csrfmiddlewaretoken": "y" * 64}, **HERE
        )
    assert "This page was open for a long time." in main_text(answer)
    assert "Send it again" in main_text(answer)
