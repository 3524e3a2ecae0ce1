"""A practice's own pictures: added, described, ordered, removed, and frozen into what is issued."""

import base64
import io
import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from clinic.models import AuditEntry, Practice, User
from patients.models import Case
from programs.access import link_card
from programs.access.models import PatientAccess
from programs.builder import item_pictures
from programs.builder.freeze import freeze
from programs.exercises.models import Exercise
from programs.exercises.pictures.figure import Figure
from programs.exercises.pictures.models import ExercisePicture
from programs.prescriptions.handout import handout
from programs.prescriptions.models import IssuedPrescription, Program, ProgramItem
from programs.prescriptions.prescription import Prescription
from programs.verdicts.judgement import judge_program
from tests import factories
from tests.factories import photo
from tests.programs.exercises.own.conftest import add, write
from tests.programs.portal.conftest import issue_for, open_door

pytestmark = pytest.mark.django_db
WORDS = {"caption": "Start", "side": ""}


@pytest.fixture
def dead_bug() -> Exercise:
    return Exercise.objects.get(slug="dead-bug")


def url(name: str, picture: ExercisePicture) -> str:
    return reverse(name, args=[picture.exercise_id, picture.pk])


def shown(practice: Practice) -> list[str]:
    return [row.alt for row in practice.exercise_pictures.shown()]


# --- Adding ---------------------------------------------------------------------------------------


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


# --- Words, order, removal ------------------------------------------------------------------------


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


# --- Frozen at issue ------------------------------------------------------------------------------


def item_of(case: Case, slug: str = "piriformis-stretch", side: str = "right") -> Program:
    program = factories.ProgramFactory(case=case)
    factories.ProgramItemFactory(program=program, slug=slug, side=side)
    return program


def figures_of(practice: Practice, item: ProgramItem) -> tuple[Figure, ...]:
    return item_pictures.figures_for_items(practice, [item])[str(item.pk)]


def test_own_pictures_stand_in_for_the_drawing_in_one_practice(
    stenosis: Case, practice: Practice, other_practice: Practice
) -> None:
    item = item_of(stenosis).items.get()
    drawn = figures_of(practice, item)
    assert drawn
    assert all(figure.svg and not figure.image for figure in drawn)
    row = factories.ExercisePictureFactory(
        practice=practice, exercise=item.exercise, caption="Start"
    )
    (own,) = figures_of(practice, item)
    assert (own.svg, own.caption, own.alt, own.width, own.height, own.image_type) == (
        "", "Start", row.alt, 400, 300, "image/jpeg",
    )  # fmt: skip
    assert base64.b64decode(own.image) == bytes(row.content)
    assert figures_of(other_practice, item) == drawn


@pytest.mark.parametrize(
    ("shows", "treated", "caption"),
    [
        ("", "left", "Start"),
        ("left", "left", "Start"),
        ("right", "left", "Start. This picture shows the right side. Do it with your left side."),
    ],
)
def test_a_picture_of_the_other_side_says_so(
    stenosis: Case, practice: Practice, shows: str, treated: str, caption: str
) -> None:
    item = item_of(stenosis, side=treated).items.get()
    factories.ExercisePictureFactory(
        practice=practice, exercise=item.exercise, caption="Start", side=shows
    )
    (own,) = figures_of(practice, item)
    assert own.caption == caption


def test_many_items_take_as_many_queries_as_one(
    stenosis: Case, practice: Practice, django_assert_num_queries: Any
) -> None:
    program = factories.ProgramFactory(case=stenosis)
    items = [
        factories.ProgramItemFactory(program=program, slug=slug)
        for slug in ("dead-bug", "walking", "curl-up", "core-breathing")
    ]
    for item in items[:3]:
        factories.ExercisePictureFactory(practice=practice, exercise=item.exercise)
    item_pictures.figures_for_items(practice, items)
    for some in (items[:1], items):
        # One for the pictures, two to see that the catalogue has not changed.
        with django_assert_num_queries(3):
            found = item_pictures.figures_for_items(practice, some)
    counts = [bool(found[str(item.pk)][0].image) for item in items]
    assert counts == [True, True, True, False]


def test_what_was_issued_keeps_the_picture_that_was_shown(
    stenosis: Case, practice: Practice, alice: User, bob_client: Client
) -> None:
    program = item_of(stenosis)
    exercise = Exercise.objects.get(slug="piriformis-stretch")
    row = factories.ExercisePictureFactory(practice=practice, exercise=exercise)
    frozen = freeze(judge_program(program), version=1, clinician=alice)
    stored = json.loads(json.dumps(frozen.to_dict()))
    bob_client.post(reverse("exercise_drawing", args=[exercise.pk]))
    again = Prescription.from_dict(stored)
    assert again == frozen
    assert base64.b64decode(again.items[0].figures[0].image) == bytes(row.content)
    after = freeze(judge_program(program), version=2, clinician=alice)
    assert [figure.image for figure in after.items[0].figures] == [""] * len(after.items[0].figures)


@pytest.fixture
def issued(stenosis: Case, practice: Practice, alice: User) -> IssuedPrescription:
    """A program with two photos, issued."""
    program = item_of(stenosis)
    exercise = Exercise.objects.get(slug="piriformis-stretch")
    for n, colour in enumerate(("teal", "navy"), start=1):
        target = io.BytesIO()
        Image.new("RGB", (600, 450), colour).save(target, "JPEG")
        factories.ExercisePictureFactory(
            practice=practice, exercise=exercise, position=n, content=target.getvalue()
        )
    return issue_for(stenosis, alice, freeze(judge_program(program), version=1, clinician=alice))


def test_photos_are_printed(issued: IssuedPrescription) -> None:
    access = PatientAccess.objects.get()
    for large in (False, True):
        pdf = handout.render(
            issued.prescription(), link_card.access_card(access), large_print=large
        )
        assert pdf.count(b"/DCTDecode") == 2  # the JPEGs, as they are


def test_a_photo_that_cannot_be_read_leaves_its_words(issued: IssuedPrescription) -> None:
    payload = issued.payload
    payload["items"][0]["figures"][0]["image"] = "not Base64"
    prescription = Prescription.from_dict(payload)
    card = link_card.access_card(PatientAccess.objects.get())
    assert handout.render(prescription, card).startswith(b"%PDF")


def test_the_patient_sees_photos_behind_the_door_only(
    issued: IssuedPrescription, stenosis: Case
) -> None:
    phone, stranger = Client(), Client()
    access = PatientAccess.objects.get()
    page_url = open_door(phone, access, stenosis.patient.date_of_birth.year)
    picture = f"{page_url}pictures/1-1-2/"
    page = phone.get(page_url).content.decode()
    assert picture in page
    assert page.count('loading="lazy"') == 2
    answer = phone.get(picture)
    assert {name: answer.headers[name] for name in
            ("Content-Type", "X-Content-Type-Options", "Cache-Control")} == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }  # fmt: skip
    frozen = issued.prescription().items[0].figures[1]
    assert answer.content == base64.b64decode(frozen.image)
    closed = stranger.get(picture)
    others = [phone.get(f"{page_url}pictures/{place}/") for place in ("2-1-1", "1-9-1", "1-1-3")]
    assert {(a.status_code, a.content) for a in (closed, *others)} == {(404, closed.content)}


def test_photos_go_when_the_program_does(issued: IssuedPrescription, stenosis: Case) -> None:
    phone = Client()
    access = PatientAccess.objects.get()
    page_url = open_door(phone, access, stenosis.patient.date_of_birth.year)
    picture = f"{page_url}pictures/1-1-1/"
    assert phone.get(picture).status_code == 200
    program = issued.program
    program.ended_at = issued.issued_at
    program.save(update_fields=["ended_at"])
    assert phone.get(picture).status_code == 404
