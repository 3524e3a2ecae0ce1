"""The command that opens the first practice of an installation."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from clinic.models import Membership, Practice, User

pytestmark = pytest.mark.django_db


def create(*arguments: str) -> list[str]:
    out = io.StringIO()
    call_command("create_practice", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_owner_gets_a_link_to_choose_a_password(client: Client) -> None:
    said, link = create("Quay Physio", "Dora@example.org", "Dora Dale")
    assert said == "Quay Physio is ready. Dora Dale owns it."
    path = link.removeprefix("Password link, for three days: http://127.0.0.1:8000")
    assert client.get(path, follow=True).context["validlink"] is True
    membership = Membership.objects.get()
    assert (membership.user.email, membership.is_owner) == ("dora@example.org", True)


def test_somebody_with_an_account_keeps_it(alice: User) -> None:
    assert create("Quay Physio", "ALICE@example.org", "Whoever") == [
        "Quay Physio is ready. Alice Archer owns it.",
        "They have a password already.",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("", "dora@example.org", "Dora"), "This field cannot be blank."),
        (("Quay", "dora", "Dora"), "Enter a valid email address."),
        (("Quay", "dora@example.org", " "), "This field cannot be blank."),
    ],
)
def test_what_is_no_good_writes_nothing(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        create(*arguments)
    assert not Practice.objects.exists()
    assert not User.objects.exists()
