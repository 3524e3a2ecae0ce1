"""Live and ready: two plain answers, by any name, for whoever balances the load."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from clinic.models import PostedLetter
from clinic.pulse import DUE, beat
from tests.clinic.server.faults import no_room_for_letters, read_only, told_by_the_database
from tests.clock import NOW, SetClock
from tests.patients.pages import main_text

RUN = b"reminders and alert e-mails run, last: 2026-11-20 09:30:00 UTC\n"
SAID = {"h": b"ok\n", "r": b"ok\n" + RUN, "d": RUN}
BY_ADDRESS = {"HTTP_HOST": "10.0.0.7:8000"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz/", "/healthz", "/readyz/", "/readyz", "/duez"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_it_answers_by_any_name_without_a_redirect(path: str, method: str) -> None:
    beat(DUE, timezone.now())
    with override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["physio.example"]):
        answer = getattr(Client(), method)(path, **BY_ADDRESS)
    assert (answer.status_code, answer.content) == (200, b"" if method == "head" else SAID[path[1]])
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_it_lives_without_a_database_and_is_not_ready() -> None:
    """No database mark: a query fails this test, as a missing database fails the answer."""
    assert Client().get("/healthz/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_it_is_not_ready_without_its_database() -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "no_such_database"
    try:
        answer = Client().get("/readyz/")
        alive = Client().get("/healthz/")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")
    assert alive.status_code == 200


@pytest.mark.django_db
def test_what_is_due_must_not_stand_still_for_five_minutes(clock: SetClock) -> None:
    assert said("/duez/") == (503, "reminders and alert e-mails stand still, last: never\n")
    call_command("run_due", stdout=StringIO())
    clock(NOW + timedelta(minutes=5))
    assert said("/duez/") == (200, RUN.decode())
    clock(NOW + timedelta(minutes=5, seconds=1))
    still = "reminders and alert e-mails stand still, last: 2026-11-20 09:30:00 UTC\n"
    assert said("/duez/") == (503, still)
    # A site that serves is not taken away for it.
    assert said("/readyz/") == (200, "ok\n" + still)


@pytest.mark.django_db
def test_an_owner_sees_whether_reminders_run(alice_client: Client, clock: SetClock) -> None:
    page = reverse("practice_settings")
    assert "They have not run on this server yet." in main_text(alice_client.get(page))
    call_command("run_due", stdout=StringIO())
    told = "The last time was 20 Nov 2026, 09:30."
    assert f"They run. {told}" in main_text(alice_client.get(page))
    clock(NOW + timedelta(hours=1))
    assert "They stand still." in main_text(alice_client.get(page))


@pytest.mark.django_db(transaction=True)
def test_a_database_that_only_reads_is_not_ready() -> None:
    with read_only():
        assert said("/readyz/") == (503, "nothing can be saved: the database takes no writes\n")
        assert said("/healthz/") == (200, "ok\n")
    assert said("/readyz/")[0] == 200


@pytest.mark.django_db
def test_a_disk_that_was_full_is_not_ready_until_something_large_can_be_saved() -> None:
    """PostgreSQL goes on taking what needs no room, and what readiness notes needs none."""
    told_by_the_database("53100")
    with no_room_for_letters():
        assert said("/readyz/") == (503, "nothing can be saved: the database is full\n")
    assert said("/readyz/")[0] == 200
    assert PostedLetter.objects.count() == 0
    with no_room_for_letters():
        assert said("/readyz/")[0] == 200


def said(path: str) -> tuple[int, str]:
    answer = Client().get(path)
    return answer.status_code, answer.content.decode()


def test_nothing_else_is_taken_there() -> None:
    answer = Client().post("/healthz/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
