"""A chosen picture stays chosen where its form comes back, for whoever chose it and for a day."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clinic.models import Practice, User
from programs.exercises.models import Exercise
from programs.exercises.pictures.held import HELD_FIELD, LEFT_OUT_FIELD
from programs.exercises.pictures.models import ExercisePicture
from tests.clock import NOW, SetClock
from tests.factories import photo
from tests.programs.exercises.own.conftest import NEW, QUICK
from tests.programs.exercises.own.test_own_quick import short, told
from tests.programs.exercises.own.writing import sent_by

pytestmark = pytest.mark.django_db
WORDS = {"alt": "Leaning on a wall.", "rights": "on"}
GONE = {"file": ["The picture is not at hand any more. Choose it again."]}


def file(size: tuple[int, int] = (400, 300)) -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", photo(size=size))


def held(answer: Any) -> str:
    """What the page sends back of the picture, signed in the second that it was shown in."""
    (text,) = re.findall(f'name="{HELD_FIELD}" value="([^"]+)"', answer.content.decode())
    return str(text)


def sizes() -> list[tuple[int, int]]:
    return list(ExercisePicture.objects.shown().values_list("width", "height"))


def test_a_picture_stays_chosen_where_something_else_is_wrong(
    bob_client: Client, practice: Practice
) -> None:
    unsaid = bob_client.post(QUICK, short(file=file()))
    assert told(unsaid) == {
        "alt": ["Say what the picture shows, for somebody who cannot see it."],
        "rights": ["Only add pictures that you may use."],
    }
    page = " ".join(unsaid.content.decode().split())
    assert "Ready: <bdi>photo.jpg</bdi>" in page
    assert "Choose another picture" in page
    assert 'src="data:image/jpeg;base64,' in page
    assert not practice.exercises.exists()
    again = bob_client.post(QUICK, short(**{HELD_FIELD: held(unsaid), "name": "", **WORDS}))
    bob_client.post(QUICK, short(**{HELD_FIELD: held(again), **WORDS}))
    assert [(p.alt, p.width) for p in practice.exercise_pictures.all()] == [
        ("Leaning on a wall.", 400)
    ]


def test_another_takes_its_place_a_broken_one_does_not_and_it_can_be_left_out(
    bob_client: Client, practice: Practice
) -> None:
    text = held(bob_client.post(QUICK, short(file=file())))
    broken = SimpleUploadedFile("notes.jpg", b"no picture")
    refused = bob_client.post(QUICK, short(**{HELD_FIELD: text, "file": broken, **WORDS}))
    assert told(refused) == {"file": ["Choose a JPEG, PNG or WebP picture."]}
    assert held(refused)
    newer = {HELD_FIELD: text, "file": file((300, 300))}
    other = bob_client.post(QUICK, short(**newer, name=""))
    without = {HELD_FIELD: held(other), LEFT_OUT_FIELD: "on"}
    out = bob_client.post(QUICK, short(**without, name=""))
    assert HELD_FIELD not in out.content.decode()
    bob_client.post(QUICK, short(**{HELD_FIELD: held(other), "name": "With", **WORDS}))
    bob_client.post(QUICK, short(**without, name="Without"))
    assert (practice.exercises.count(), sizes()) == (2, [(300, 300)])


def test_it_is_one_persons_in_one_practice_for_a_day_and_as_it_was(
    bob: User, bob_client: Client, alice_client: Client, charlie_client: Client, clock: SetClock
) -> None:
    text = held(bob_client.post(QUICK, short(file=file())))
    changed = text.replace("image/jpeg", "image/html", 1)
    for client, sent in (
        (alice_client, text),
        (charlie_client, text),
        (bob_client, changed),
        (bob_client, "x" * 4000),
    ):
        answer = client.post(QUICK, short(**{HELD_FIELD: sent, **WORDS}))
        assert told(answer) == GONE
        assert HELD_FIELD not in answer.content.decode()
    clock(NOW + timedelta(hours=25))
    bob_client.force_login(bob)
    assert told(bob_client.post(QUICK, short(**{HELD_FIELD: text, **WORDS}))) == GONE
    assert sizes() == []


def test_it_goes_along_to_what_follows_and_to_the_full_form(
    bob_client: Client, practice: Practice
) -> None:
    looked = bob_client.post(QUICK, short(file=file(), look="1", alt="Leaning."))
    text = held(looked)
    begun = short(
        sided="no", summary="Ours.", alt="Leaning.", **{HELD_FIELD: text, "from": "short"}
    )
    full = bob_client.post(NEW, begun)
    picture = full.context["picture"]
    assert (picture.held_text != "", picture["alt"].value()) == (True, "Leaning.")
    sent = {**sent_by(full), HELD_FIELD: picture.held_text}
    wrong = bob_client.post(NEW, sent)
    assert (wrong.status_code, set(wrong.context["picture"].errors)) == (422, {"alt", "rights"})
    assert not practice.exercises.exists()
    right = {**sent, HELD_FIELD: wrong.context["picture"].held_text, **WORDS}
    ways = [bob_client.post(NEW, right).headers["Location"] for _ in range(2)]
    assert ways == [reverse("catalogue_entry", args=[practice.exercises.get().pk])] * 2
    assert sizes() == [(400, 300)]


def test_what_is_no_picture_is_told_where_nothing_is_sent_yet(bob_client: Client) -> None:
    broken = SimpleUploadedFile("notes.jpg", b"no picture")
    page = bob_client.post(QUICK, short(file=broken, look="1")).content.decode()
    assert "Choose a JPEG, PNG or WebP picture." in page


def test_a_picture_of_an_exercise_stays_chosen_too(bob_client: Client, practice: Practice) -> None:
    dead_bug = Exercise.objects.get(slug="dead-bug")
    address = reverse("exercise_pictures", args=[dead_bug.pk])
    unsaid = bob_client.post(address, {"file": file(), "caption": "Start"})
    assert set(told(unsaid)) == {"alt", "rights"}
    bob_client.post(address, {HELD_FIELD: held(unsaid), "caption": "Start", **WORDS})
    assert sizes() == [(400, 300)]
    assert told(bob_client.post(address, WORDS)) == {"file": ["Choose a picture file."]}
