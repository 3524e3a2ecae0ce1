"""What the rows to find by find is what looking at every name would find."""

import random
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import Practice
from patients.identity import names
from patients.identity.likeness import OFFERED, ranked
from patients.models import NameWord, Patient, PatientKey
from patients.people import views as people_views
from tests.factories import PatientFactory
from tests.patients.pages import main_text
from tests.patients.people.searching import found

pytestmark = pytest.mark.django_db
FIRST = (
    "Anna", "Anne-Marie", "Jon", "John", "Jonas", "Maria", "Mary", "Margaret", "Li", "Zoë", "Peter",
    "Ana María", "Mohammed", "Siobhán", "Jean Luc", "Elisabeth", "Katherine", "Ewa",
)  # fmt: skip
LAST = (
    "Smith", "Schmidt", "O'Brien", "Mac Donald", "van der Berg", "Ó Súilleabháin", "Li", "Al Sayed",
    "Müller", "Fitzwilloughby", "Castellane", "Sørensen", "Papadopoulos", "Singh", "de la Cruz",
)  # fmt: skip
SLIPS = 200


@pytest.fixture
def everybody(practice: Practice) -> list[Patient]:
    """Every first name with every last name, without the way through a form."""
    pattern = PatientFactory(practice=practice, full_name="Nobody")
    people = []
    for first, last in product(FIRST, LAST):
        folded = names.fold(f"{first} {last}")
        person = Patient(
            practice=practice, full_name=f"{first} {last}", date_of_birth=pattern.date_of_birth,
            created_by=pattern.created_by, search_name=folded, name_key=names.key(folded),
        )  # fmt: skip
        people.append(person)
    return Patient.objects.bulk_create(people)


def slips() -> list[str]:
    """Names with one slip of the key each: a letter lost, doubled, changed, or two in turn."""
    chance, made = random.Random(20261120), []
    for _ in range(SLIPS):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}".lower()
        at = chance.randrange(1, len(name) - 1)
        made.append(
            chance.choice(
                (
                    name[:at] + name[at + 1 :],
                    name[:at] + name[at] + name[at:],
                    name[:at] + chance.choice("aeioustnr") + name[at + 1 :],
                    name[:at] + name[at + 1] + name[at] + name[at + 2 :],
                    name.replace(" ", "", 1),
                )
            )
        )
    return made


def by_looking_at_all(practice: Practice, typed: str, rows: Sequence[tuple[Any, str]]) -> set[Any]:
    """Keys of the patients that each name, looked at by itself, speaks for."""
    words = names.fold(typed)
    exact = practice.patients.all()
    for word in words.split():
        exact = exact.filter(search_name__regex=names.pattern(word))
    return set(exact.values_list("pk", flat=True)) or set(ranked(words, rows))


def test_no_slip_of_the_key_finds_fewer(practice: Practice, everybody: list[Patient]) -> None:
    missed, names_there = {}, [*practice.patients.values_list("pk", "search_name")]
    for typed in slips():
        rows = practice.patients.search(typed, practice=practice)
        there = set(rows.values_list("pk", flat=True))
        seen = by_looking_at_all(practice, typed, names_there)
        # Where more are as near as each other than are offered, others of them may be.
        if seen - there if len(seen) < OFFERED else len(there) < OFFERED:
            missed[typed] = len(seen - there)
    assert missed == {}


def test_a_part_that_is_in_every_other_name_is_found_too(
    practice: Practice, everybody: list[Patient]
) -> None:
    rows = practice.patients.search("a", practice=practice)
    everyone = [*practice.patients.values_list("pk", "search_name")]
    assert set(rows.values_list("pk", flat=True)) == by_looking_at_all(practice, "a", everyone)


def keys_of(patient: Patient) -> list[str]:
    return list(patient.keys.order_by("key").values_list("key", flat=True))


def words_of(practice: Practice) -> dict[str, int]:
    rows = NameWord.objects.filter(practice=practice)
    return dict(rows.order_by("word").values_list("word", "patients"))


def test_the_keys_follow_the_patient(practice: Practice) -> None:
    ann = PatientFactory(practice=practice, full_name="Ann Lee", phone="020 7946 0018")
    PatientFactory(practice=practice, full_name="Lee Lee-Chan", phone="")
    assert keys_of(ann) == ["n:ann", "n:lee", "p:460018"]
    assert words_of(practice) == {"ann": 1, "chan": 1, "lee": 2}
    ann.full_name, ann.phone = "Anne Lee", ""
    ann.save()
    assert keys_of(ann) == ["n:anne", "n:lee"]
    assert words_of(practice) == {"anne": 1, "chan": 1, "lee": 2}
    ann.clinician_notes = "Tall."
    ann.save()
    Patient.objects.filter(pk=ann.pk).update(search_name="")
    assert (keys_of(ann), words_of(practice)) == ([], {"chan": 1, "lee": 1})


def test_another_practices_names_are_none_of_ours(
    practice: Practice, other_practice: Practice
) -> None:
    PatientFactory(practice=other_practice, full_name="Zoe Zwetschge")
    PatientFactory(practice=practice, full_name="Zora Zwei")
    assert found(practice, "zwetschg") == []
    assert found(practice, "zwetschke") == []
    assert set(PatientKey.objects.values_list("practice", "key")) == {
        (other_practice.pk, "n:zoe"), (other_practice.pk, "n:zwetschge"),
        (practice.pk, "n:zora"), (practice.pk, "n:zwei"),
    }  # fmt: skip


def test_a_search_asks_as_often_for_many_as_for_one(
    practice: Practice, other_practice: Practice, everybody: list[Patient]
) -> None:
    searches = {"smith": 3, "jo smith": 3, "smiht": 4, "020 7946 0018": 3}
    for place in (practice, other_practice):
        PatientFactory(practice=place, full_name="Jo Smith", phone="020 7946 0018")
        asked = {}
        for typed in searches:
            with CaptureQueriesContext(connection) as seen:
                assert list(place.patients.search(typed, practice=place, region="GB")[:20])
            asked[typed] = len(seen)
        assert asked == searches, place.name


def test_of_very_many_only_that_there_are_more_is_told(
    alice_client: Client, everybody: list[Patient], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = main_text(alice_client.get(reverse("patient_list"), {"q": "smith"}))
    assert "18 patients found" in page
    monkeypatch.setattr(people_views, "MOST_FOUND", 10)
    page = main_text(alice_client.get(reverse("patient_list"), {"q": "smith"}))
    assert "More than 10 patients found" in page
    assert "There are more. To find somebody who is not here, type more of the name" in page
    everything = main_text(alice_client.get(reverse("patient_list"), {"page": "99"}))
    assert "More than 10 patients" in everything
