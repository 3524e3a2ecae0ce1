"""Signs that are urgent only together stop a case, and each can be cleared."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import User
from patients.models import Case, ScreenAnswer
from patients.screening.actions import clear_red_flag
from tests.factories import AnswerFactory, ConditionFactory
from tests.patients.pages import fresh

CANCER = "rf_cancer_history"
pytestmark = pytest.mark.django_db
NOTE = "Spoken with the spinal team today: scan on Friday."


def stops(case: Case) -> list[str]:
    """What stops the case, read from the case and from the rows."""
    rows = list(case.answers.open_stops().order_by("code").values_list("code", flat=True))
    assert sorted(row.code for row in fresh(case).open_stops()) == rows
    return rows


def test_cancer_alone_asks_for_a_review(case: Case) -> None:
    AnswerFactory(case=case, code=CANCER)
    assert stops(case) == []
    assert [row.code for row in fresh(case).review_notices()] == [CANCER]


@pytest.mark.parametrize("other", ["rf_weight_loss", "rf_night_pain_unrelenting"])
def test_cancer_with_another_sign_stops_until_one_is_cleared(
    case: Case, alice: User, other: str
) -> None:
    cancer = AnswerFactory(case=case, code=CANCER)
    AnswerFactory(case=case, code=other)
    assert stops(case) == [CANCER, other]
    assert fresh(case).review_notices() == []
    clear_red_flag(answer=cancer, actor=alice, note=NOTE)
    assert stops(case) == []


def test_a_later_no_ends_it(case: Case) -> None:
    AnswerFactory(case=case, code=CANCER)
    AnswerFactory(case=case, code="rf_weight_loss")
    AnswerFactory(case=case, code="rf_weight_loss", answer="no")
    assert stops(case) == []


def test_cancer_with_thoracic_pain_stops(case: Case) -> None:
    AnswerFactory(case=case, code=CANCER)
    assert stops(case) == []
    ConditionFactory(case=case, code="thoracic_pain", side="unspecified")
    assert stops(case) == [CANCER]


def test_signs_of_two_people_are_never_added_up(case: Case) -> None:
    AnswerFactory(case=case, code=CANCER)
    AnswerFactory(code="rf_weight_loss")
    ConditionFactory(code="thoracic_pain")
    assert list(ScreenAnswer.objects.open_stops()) == []


def test_the_page_asks_for_a_review_today_and_lets_each_be_cleared(
    case: Case, alice_client: Client
) -> None:
    AnswerFactory(case=case, code=CANCER)
    AnswerFactory(case=case, code="rf_weight_loss")
    page = alice_client.get(case.get_absolute_url())
    [stop] = page.context["stops"]
    assert stop.title == "Medical review today"
    assert [row.code for row in stop.answers] == [CANCER, "rf_weight_loss"]
    for row in stop.answers:
        assert reverse("red_flag_clear", args=[case.pk, row.pk]) in page.content.decode()
