"""A clinician's own patients, page by page: registered by them, with a case or part of theirs."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import Q
from django.test import RequestFactory
from django.utils import timezone

from clinic.models import Practice, User
from patients.models import Patient
from patients.people import mine
from tests.factories import CaseFactory, PatientFactory

pytestmark = pytest.mark.django_db


def crowd(random: Random, practice: Practice, people: list[User]) -> None:
    """Patients of several clinicians; archived, parts of another, touched at once."""
    now = timezone.now()
    made: list[Patient] = []
    for _ in range(30):
        patient = PatientFactory(
            practice=practice,
            created_by=random.choice(people),
            touched_at=now - timedelta(minutes=random.randrange(6)),
            archived_at=now if random.random() < 0.1 else None,
            merged_into=random.choice(made) if made and random.random() < 0.2 else None,
        )
        if random.random() < 0.4:
            CaseFactory(patient=patient, clinician=random.choice(people))
        if patient.merged_into_id is None:
            made.append(patient)


@pytest.mark.parametrize(("seed", "walked"), [(1, 3), (2, 12), (3, 2000)])
def test_every_page_forth_and_back_is_that_of_the_whole_list(
    practice: Practice,
    alice: User,
    bob: User,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    walked: int,
) -> None:
    monkeypatch.setattr(mine, "_WALKED", walked)
    crowd(Random(seed), practice, [alice, bob, bob])
    own = Q(created_by=alice) | Q(parts__created_by=alice) | Q(cases__clinician=alice)
    rows = practice.patients.filter(archived_at=None, merged_into=None)
    whole = list(rows.filter(own).distinct().order_by("-touched_at", "pk"))
    assert len(whole) > 6
    assert mine.first_of_mine(practice, alice, 4) == whole[:4]
    seen: list[list[Any]] = []
    asked: dict[str, str] = {}
    while True:
        stretch = mine.my_patients(RequestFactory().get("/", asked), practice, alice, size=3)
        seen.append(list(stretch))
        if stretch.after is None:
            break
        asked = {"after": str(stretch.after)}
    assert [row for rows in seen for row in rows] == whole
    counted: Any = practice.patients.with_case_counts()
    counts = {row.pk: row.open_cases for row in counted}
    assert all(row.open_cases == counts[row.pk] for rows in seen for row in rows)
    for rows in reversed(seen[:-1]):
        assert stretch.before is not None
        asked = {"before": str(stretch.before)}
        stretch = mine.my_patients(RequestFactory().get("/", asked), practice, alice, size=3)
        assert list(stretch) == rows
    assert stretch.before is None
