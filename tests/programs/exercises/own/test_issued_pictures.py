"""A practice's own pictures, frozen into what is issued."""

import base64
import hashlib
import io
import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from clinic.models import Practice, User
from patients.models import Case
from programs.access import link_card
from programs.access.models import PatientAccess
from programs.builder import item_pictures
from programs.builder.actions import issuing
from programs.builder.freeze import freeze
from programs.exercises.models import Exercise
from programs.exercises.pictures.figure import Figure
from programs.prescriptions.handout import handout
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.models import IssuedPrescription, Program, ProgramItem
from programs.prescriptions.prescription import Prescription
from programs.verdicts.judgement import judge_program
from tests import factories
from tests.programs.portal.conftest import issue_for, open_door

pytestmark = pytest.mark.django_db


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
        # One for the pictures, one to see that the catalogue has not changed.
        with django_assert_num_queries(2):
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


def test_what_is_issued_keeps_each_photograph_once(
    stenosis: Case, practice: Practice, alice: User
) -> None:
    program = item_of(stenosis)
    row = factories.ExercisePictureFactory(practice=practice, exercise=program.items.get().exercise)
    factories.ExercisePictureFactory(
        practice=practice, exercise=row.exercise, position=2, content=row.content
    )
    key = uuid.uuid4()
    issuing.issue(program=program, actor=alice, issue_key=key, seen_revision=program.revision)
    made = IssuedPrescription.objects.get(issue_key=key)
    assert [bytes(photograph.content) for photograph in made.photographs.all()] == [row.content]
    stored = [figure["image"] for figure in made.payload["items"][0]["figures"]]
    assert stored == [f"photo:{hashlib.sha256(row.content).hexdigest()}"] * 2
    figures = made.prescription().items[0].figures
    assert [base64.b64decode(figure.image) for figure in figures] == [row.content] * 2


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
            issued.prescription(), link_card.access_card(access), PrintOptions(large=large)
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
    assert page.count('loading="lazy"') == 3
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
