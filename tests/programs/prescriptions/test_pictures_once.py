"""Drawings, movements and the logo of issued versions are stored once, and read as they were."""

import dataclasses
import hashlib
import importlib
import json
import re
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clinic import wall
from clinic.models import Practice, User
from patients.models import Case
from programs.exercises.pictures.figure import Figure
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.picture_digests import digests_in, taken_apart, without_pictures
from programs.prescriptions.picture_models import FrozenPicture, put_away, put_back
from programs.prescriptions.prescription import Prescription, PrescriptionError
from tests import factories
from tests.programs.portal.conftest import issue_for
from tests.programs.samples import sample_prescription

pytestmark = pytest.mark.django_db
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg">' + "<path d='M0 0'/>" * 40 + "</svg>"
MOVEMENT = "H4sI" + "A" * 400
PHOTO = "/9j/" + "B" * 400
LOGO = "iVBOR" + "C" * 400
migration: Any = importlib.import_module("programs.migrations.0031_pictures_once")


def pictured() -> Prescription:
    """Two exercises with the same drawing and movement, one of them with a photograph as well."""
    plain = sample_prescription(2, figures=False)
    one, two = (
        dataclasses.replace(item, figures=(Figure(DRAWING, alt="Lying"),), motion=MOVEMENT)
        for item in plain.items
    )
    photo = Figure("", alt="At home", image=PHOTO, image_type="image/jpeg", width=4, height=3)
    two = dataclasses.replace(two, figures=(*two.figures, photo))
    practice = dataclasses.replace(plain.practice, logo_png=LOGO)
    return dataclasses.replace(plain, items=(one, two), practice=practice)


@pytest.fixture
def case(practice: Practice) -> Case:
    return factories.CaseFactory(patient__practice=practice)


@pytest.fixture
def inline(case: Case, alice: User) -> IssuedPrescription:
    """A version from before there was a place for pictures."""
    return issue_for(case, alice, pictured())


@pytest.fixture
def apart(inline: IssuedPrescription) -> IssuedPrescription:
    """The same version as it is stored now."""
    migration.take_apart(None, connection.schema_editor())
    return IssuedPrescription.objects.get(pk=inline.pk)


def test_each_picture_is_stored_once_and_a_photograph_stays_in_its_version() -> None:
    stored, pictures = taken_apart(pictured().to_dict())
    assert set(pictures.values()) == {DRAWING, MOVEMENT, LOGO}
    assert digests_in(stored) == {
        hashlib.sha256(text.encode()).hexdigest() for text in (DRAWING, MOVEMENT, LOGO)
    }
    text = json.dumps(stored)
    assert [text.count(part) for part in ("<svg", MOVEMENT, LOGO, PHOTO)] == [0, 0, 0, 1]


def test_issuing_again_adds_no_picture(practice: Practice) -> None:
    stored = put_away(practice.pk, pictured().to_dict())
    assert put_away(practice.pk, pictured().to_dict()) == stored
    assert FrozenPicture.objects.count() == 3
    assert put_back(practice.pk, stored) == pictured().to_dict()


def test_a_version_reads_as_it_was_issued(
    apart: IssuedPrescription, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        found = apart.prescription()
    assert [item.motion for item in found.items] == [MOVEMENT, MOVEMENT]
    assert [figure.svg for figure in found.items[1].figures] == [DRAWING, ""]
    assert (found.items[1].figures[1].image, found.practice.logo_png) == (PHOTO, LOGO)


def test_its_words_need_no_picture(
    apart: IssuedPrescription, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        words = apart.words()
    assert [item.name for item in words.items] == [item.name for item in pictured().items]
    assert {(item.figures, item.motion) for item in words.items} == {((), "")}


def test_rows_from_before_are_taken_apart_and_put_together_again(
    inline: IssuedPrescription, apart: IssuedPrescription
) -> None:
    assert apart.whole_payload() == inline.payload
    assert len(json.dumps(apart.payload)) < len(json.dumps(inline.payload)) - 1800
    again = {"draft", "digest", "issue_key", "version", "issued_at"}
    assert {n: getattr(apart, n) for n in again} == {n: getattr(inline, n) for n in again}
    migration.take_apart(None, connection.schema_editor())
    assert FrozenPicture.objects.count() == 3
    migration.put_in_again(None, connection.schema_editor())
    apart.refresh_from_db()
    assert apart.payload == inline.payload


def test_a_version_is_final_before_and_after(apart: IssuedPrescription) -> None:
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        IssuedPrescription.objects.update(payload={})
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        FrozenPicture.objects.update(content="")
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        FrozenPicture.objects.all().delete()


def test_a_picture_is_what_its_digest_says(practice: Practice) -> None:
    with pytest.raises(IntegrityError, match="is_its_digest"), transaction.atomic():
        FrozenPicture.objects.create(practice=practice, digest="0" * 64, content=DRAWING)


def test_a_practice_learns_nothing_of_anothers_pictures(
    practice: Practice, other_practice: Practice
) -> None:
    stored = put_away(other_practice.pk, pictured().to_dict())
    with wall.within(practice.pk):
        assert not FrozenPicture.objects.exists()
        with pytest.raises(KeyError):
            put_back(other_practice.pk, stored)
        put_away(practice.pk, pictured().to_dict())
        assert put_back(practice.pk, stored) == pictured().to_dict()
        assert FrozenPicture.objects.count() == 3
    assert FrozenPicture.objects.count() == 6


def test_a_picture_that_is_gone_is_said(apart: IssuedPrescription) -> None:
    apart.payload["practice"]["logo_png"] = "sha256:" + "0" * 64
    with pytest.raises(PrescriptionError, match=re.escape("the stored picture '0000")):
        apart.prescription()


@pytest.mark.parametrize("damaged", [{"items": {}}, {"items": [1, {"figures": "x"}]}, {}])
def test_what_is_damaged_is_left_to_whoever_reads_it(damaged: dict[str, Any]) -> None:
    assert taken_apart(damaged) == (damaged, {})
    assert without_pictures({"items": 1, "practice": 2}) == {"items": 1, "practice": 2}
