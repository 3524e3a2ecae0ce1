"""A practice's own pictures: added, described, ordered, removed."""

import io
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from clinic.models import AuditEntry, Practice, User
from programs.exercises.models import Exercise
from programs.exercises.pictures.models import ExercisePicture
from tests import factories
from tests.factories import photo
from tests.patients.pages import main_text
from tests.programs.exercises.own.conftest import add, write

pytestmark = pytest.mark.django_db
WORDS = {"caption": "Start", "side": ""}


@pytest.fixture
def dead_bug() -> Exercise:
    return Exercise.objects.get(slug="dead-bug")


def url(name: str, picture: ExercisePicture) -> str:
    return reverse(name, args=[picture.exercise_id, picture.pk])


def shown(practice: Practice) -> list[str]:
    return [row.alt for row in practice.exercise_pictures.shown()]


def test_a_photo_is_added_and_shown_in_the_practice_only(
    bob_client: Client, alice_client: Client, charlie_client: Client, dead_bug: Exercise
) -> None:
    assert add(bob_client, dead_bug, photo(size=(1800, 1200))).status_code == 302
    picture = ExercisePicture.objects.get()
    assert (picture.width, picture.height, picture.content_type) == (900, 600, "image/jpeg")
    answer = alice_client.get(url("exercise_picture", picture))
    assert {name: answer.headers[name] for name in
            ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }  # fmt: skip
    assert Image.open(io.BytesIO(answer.content)).size == (900, 600)
    assert charlie_client.get(url("exercise_picture", picture)).status_code == 404
    assert Client().get(url("exercise_picture", picture)).status_code == 302
    page = reverse("exercise_pictures", args=[dead_bug.pk])
    assert url("exercise_picture", picture) in alice_client.get(page).content.decode()
    assert url("exercise_picture", picture) not in charlie_client.get(page).content.decode()
    assert AuditEntry.objects.get().action == "exercise_picture.add"


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({"content": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, "file",
         "Choose a JPEG, PNG or WebP picture."),
        ({"content": photo()[:200]}, "file",
         "This picture is damaged. Save it again and retry."),
        ({"content": photo(), "filename": "photo.html"}, "file",
         "The name of this file ends in .html. Choose a JPEG, PNG or WebP picture."),
        ({"alt": " "}, "alt", "Say what the picture shows, for somebody who cannot see it."),
        ({"alt": "x" * 301}, "alt", "Use 300 characters or fewer. This has 301."),
        ({"rights": ""}, "rights", "Only add pictures that you may use."),
        ({"file": ""}, "file", "Choose a picture file."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_stored(
    bob_client: Client, dead_bug: Exercise, sent: dict[str, Any], field: str, told: str
) -> None:
    answer = add(bob_client, dead_bug, **{**sent, "caption": "As typed"})
    assert answer.context["form"].errors == {field: [told]}
    assert answer.context["form"]["caption"].value() == "As typed"
    assert not ExercisePicture.objects.exists()


def test_four_are_enough(bob_client: Client, practice: Practice, dead_bug: Exercise) -> None:
    answers = [add(bob_client, dead_bug, alt=f"Number {n}") for n in range(1, 6)]
    assert [answer.status_code for answer in answers] == [302] * 4 + [422]
    assert answers[-1].context["form"].errors == {
        "file": ["There are 4 pictures already. Remove one first."]
    }
    assert shown(practice) == [f"Number {n}" for n in range(1, 5)]


def three(client: Client, exercise: Exercise) -> list[ExercisePicture]:
    for n in (1, 2, 3):
        add(client, exercise, alt=f"Number {n}")
    return list(ExercisePicture.objects.shown())


def test_pictures_are_put_in_order(
    bob_client: Client, practice: Practice, dead_bug: Exercise
) -> None:
    rows = three(bob_client, dead_bug)
    bob_client.post(url("exercise_picture_move", rows[2]), {"to": "earlier"})
    assert shown(practice) == ["Number 1", "Number 3", "Number 2"]
    bob_client.post(url("exercise_picture_move", rows[0]), {"to": "later"})
    bob_client.post(url("exercise_picture_move", rows[1]), {"to": "later"})
    assert shown(practice) == ["Number 3", "Number 1", "Number 2"]


def test_words_are_changed_and_missing_ones_told(bob_client: Client, dead_bug: Exercise) -> None:
    first, second, _ = three(bob_client, dead_bug)
    edit = url("exercise_picture_edit", second)
    answer = bob_client.post(edit, {f"p{second.pk}-alt": "", f"p{second.pk}-caption": "Typed"})
    forms = {row.pk: form for row, form in answer.context["pictures"]}
    assert forms[second.pk].errors == {
        "alt": ["Say what the picture shows, for somebody who cannot see it."]
    }
    assert forms[second.pk]["caption"].value() == "Typed"
    bob_client.post(edit, {f"p{second.pk}-alt": "Arm up", f"p{second.pk}-caption": ""})
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.alt, second.caption, first.alt) == ("Arm up", "", "Number 1")


def test_a_removed_picture_makes_room_and_its_row_stays(
    bob_client: Client, practice: Practice, dead_bug: Exercise
) -> None:
    rows = three(bob_client, dead_bug)
    assert bob_client.post(url("exercise_picture_remove", rows[0])).status_code == 302
    assert bob_client.post(url("exercise_picture_remove", rows[0])).status_code == 404
    assert shown(practice) == ["Number 2", "Number 3"]
    assert [row.position for row in practice.exercise_pictures.shown()] == [1, 2]
    assert practice.exercise_pictures.count() == 3


def test_a_removed_picture_is_brought_back(
    bob_client: Client, charlie_client: Client, practice: Practice, dead_bug: Exercise
) -> None:
    first, *_ = three(bob_client, dead_bug)
    page = reverse("exercise_pictures", args=[dead_bug.pk])
    assert "Removed pictures" not in main_text(bob_client.get(page))
    bob_client.post(url("exercise_picture_remove", first))
    assert "Removed by Bob Brown , 20 Nov 2026 Bring back : Number 1" in main_text(
        bob_client.get(page)
    )
    assert charlie_client.post(url("exercise_picture_restore", first)).status_code == 404
    for _ in range(2):
        answer = bob_client.post(url("exercise_picture_restore", first), follow=True)
        assert "The picture is shown again, after the others." in main_text(answer)
    assert shown(practice) == ["Number 2", "Number 3", "Number 1"]
    assert "Removed pictures" not in main_text(bob_client.get(page))
    bob_client.post(reverse("exercise_drawing", args=[dead_bug.pk]))
    assert "Removed pictures (3)" in main_text(bob_client.get(page))


def test_who_removed_a_picture_of_what_stands_on_record(
    bob_client: Client, alice_client: Client, dead_bug: Exercise
) -> None:
    bob_client.post(url("exercise_picture_remove", three(bob_client, dead_bug)[0]))
    told = main_text(alice_client.get(reverse("access_record"), {"kind": "change"}))
    assert "Bob Brown Changed Picture of an exercise removed: Dead bug" in told


def test_the_drawing_is_used_again(
    bob_client: Client, practice: Practice, dead_bug: Exercise
) -> None:
    three(bob_client, dead_bug)
    bob_client.post(reverse("exercise_drawing", args=[dead_bug.pk]))
    assert shown(practice) == []
    page = bob_client.get(reverse("exercise_pictures", args=[dead_bug.pk])).content.decode()
    assert "Your patients see this drawing." in page


def test_the_database_keeps_pictures_as_they_are(
    practice: Practice, other_practice: Practice, alice: User, charlie: User, bob_client: Client
) -> None:
    picture = factories.ExercisePictureFactory(practice=practice)
    own = write(bob_client, practice)
    attempts = (
        lambda: ExercisePicture.objects.filter(pk=picture.pk).update(content=b"other"),
        lambda: ExercisePicture.objects.filter(pk=picture.pk).delete(),
        lambda: ExercisePicture.objects.filter(pk=picture.pk).update(alt=""),
        lambda: factories.ExercisePictureFactory(practice=other_practice, exercise=own),
        lambda: Exercise.objects.filter(pk=own.pk).update(slug="dead-bug"),
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
