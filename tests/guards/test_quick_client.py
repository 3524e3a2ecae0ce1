"""What the suite's client leaves out is only what no test asks for."""

import pytest
from django.contrib.sessions.models import Session
from django.template import engines
from django.test import Client
from django.urls import reverse

from clinic.models import User

pytestmark = pytest.mark.django_db


def test_a_page_is_noted_with_what_its_view_gave(alice_client: Client) -> None:
    page = alice_client.get(reverse("team"))
    assert [template.name for template in page.templates] == ["clinic/practice/team.html"]
    assert page.context["form"].fields
    assert page.context["practice"].name == "Harbour Physiotherapy"


def test_what_fails_in_the_middle_of_a_page_hides_no_later_one(alice_client: Client) -> None:
    broken = engines["django"].from_string("{{ fails }}")
    with pytest.raises(ZeroDivisionError):
        broken.render({"fails": lambda: 1 / 0})
    assert alice_client.get(reverse("team")).templates


def test_one_sign_in_is_one_session(alice: User) -> None:
    client = Client()
    client.force_login(alice)
    assert Session.objects.count() == 1
    assert client.get(reverse("team")).status_code == 200
    client.force_login(alice)
    assert Session.objects.count() == 1
