"""Numbers taken at a visit: written down once, corrected by the next, with what a change means."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from patients.measures.kinds import MEASURED, MEASURED_BY_CODE
from patients.models import Case, CaseMeasure, MeasureKind
from tests.every_row import every
from tests.factories import VisitNoteFactory
from tests.patients.pages import errors, main_text


@every(
    ("code", "values", "words"),
    [
        ("pain", [], "Not measured yet"),
        ("pain", [7], "7 of 10, measured once"),
        ("pain", [7, 5], "7 → 5 of 10, better by 2: a change that matters"),
        ("pain", [5, 9, 6], "5 → 6 of 10, worse by 1: less than a change that matters"),
        (
            "chair_stands",
            [8, 11],
            "8 → 11 stands, better by 3: a change that counting again does not explain",
        ),
        (
            "walking_minutes",
            [5, 1],
            "5 → 1 minute, worse by 4: no figure known for how much matters",
        ),
        ("walking_minutes", [5, 5], "5 → 5 minutes, no change"),
    ],
)
def test_the_change_in_words(code: str, values: list[int], words: str) -> None:
    assert MEASURED_BY_CODE[code].change(values) == words


def test_each_kind_has_words_and_a_source() -> None:
    assert [one.code for one in MEASURED] == MeasureKind.values
    assert all(one.source for one in MEASURED)


def send(client: Client, case: Case, **values: str) -> Any:
    data = {"taken_on": "2026-11-20", "token": str(uuid4()), **values}
    return client.post(reverse("case_measures", args=[case.pk]), data, follow=True)


@pytest.mark.django_db
def test_what_was_measured_stands_day_by_day(alice_client: Client, case: Case) -> None:
    send(alice_client, case, pain="7", chair_stands="8", taken_on="2026-11-02")
    send(alice_client, case, pain="6")
    page = send(alice_client, case, pain="4", walking_minutes="10")
    words = main_text(page)
    assert "Pain 7 → 4 of 10, better by 3: a change that matters. Last: 20 Nov 2026." in words
    assert "Walking time 10 minutes, measured once." in words
    assert "20 Nov 2026 4 of 10 – 10 minutes Alice Archer" in words
    assert "2 Nov 2026 7 of 10 8 stands – Alice Archer" in words
    assert "Oswestry Disability Index: its owner licenses it" in words


@pytest.mark.django_db
def test_a_form_sent_twice_counts_once(alice_client: Client, case: Case) -> None:
    key = str(uuid4())
    for _ in range(2):
        send(alice_client, case, pain="7", token=key)
    assert case.measures.count() == 1


@pytest.mark.django_db
def test_what_is_wrong_is_said_at_its_field(alice_client: Client, case: Case) -> None:
    page = send(alice_client, case, pain="11", walking_minutes="long")
    assert errors(page) == [
        "Write a whole number from 0 to 10.",
        "Write a whole number from 0 to 600.",
    ]
    assert "Fill in at least one of them." in main_text(send(alice_client, case))
    slip = send(alice_client, case, pain="1", taken_on="0026-11-20")
    assert errors(slip) == ["That is more than 125 years ago. Check the year."]
    assert not case.measures.exists()


@pytest.mark.django_db
def test_the_database_keeps_each_number(alice_client: Client, case: Case) -> None:
    send(alice_client, case, pain="7")
    for change in (lambda: CaseMeasure.objects.update(value=1), CaseMeasure.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db
def test_they_are_in_the_text_of_their_visit(alice_client: Client, case: Case) -> None:
    send(alice_client, case, pain="7", chair_stands="1")
    note = VisitNoteFactory(case=case)
    text = alice_client.get(reverse("visit_as_text", args=[case.pk, note.pk])).content.decode()
    assert "Measured:\nPain: 7 of 10\nStands from a chair in 30 seconds: 1 stand\n" in text
