"""The command that opens the first practice of an installation."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from clinic.models import Practice, User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def create(*arguments: str) -> list[str]:
    out = io.StringIO()
    call_command("create_practice", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("email", ["dora@example.org", "alice@example.org"])
def test_the_owner_gets_a_link_to_join(client: Client, alice: User, email: str) -> None:
    """Also whoever has an account: nobody owns a practice without their own yes."""
    said, link = create("Quay Physio", email, "Dora Dale")
    assert said == f"Quay Physio is ready. {email} can join as its owner."
    quay = Practice.objects.get(name="Quay Physio")
    assert not quay.memberships.exists()
    path = link.removeprefix("Link for them alone, for 7 days: http://127.0.0.1:8000")
    if email == alice.email:
        client.force_login(alice)
        client.post(path, {"join": ""})
    else:
        new = {"full_name": "Dora", "new_password1": PASSWORD, "new_password2": PASSWORD}
        client.post(path, new)
    membership = quay.memberships.get()
    assert (membership.user.email, membership.is_owner) == (email, True)


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
