"""Goals changed twice at the same time, and scored without end."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from clinic.models import User
from patients.models import Case, FunctionalGoal, GoalScore
from programs.access.models import PatientAccess
from programs.followup.goals import actions as goal_actions
from programs.prescriptions.models import IssuedPrescription
from tests.programs.portal.conftest import open_door


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_reword_make_one_new_goal(case: Case, alice: User) -> None:
    goal = FunctionalGoal.objects.create(case=case, words="Walk", created_by=alice)

    def click(_: int) -> bool:
        try:
            row = FunctionalGoal.objects.select_related("case__practice").get(pk=goal.pk)
            words = "Walk to the shop"
            return goal_actions.reword_goal(goal=row, actor=alice, words=words) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(click, range(2))) == [False, True]
    assert list(case.functional_goals.filter(ended_at=None).values_list("words", flat=True)) == [
        "Walk to the shop"
    ]


@pytest.mark.django_db
def test_a_patient_scores_so_often_a_day(
    case: Case, issued: IssuedPrescription, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(goal_actions, "MOST_SCORES", 2)
    goal = FunctionalGoal.objects.create(case=case, words="Walk", created_by=alice)
    phone = Client()
    page = open_door(phone, PatientAccess.objects.get(case=case))
    said = [
        phone.post(f"{page}goals/", {"token": str(uuid.uuid4()), f"score_{goal.pk}": "3"})
        for _ in range(3)
    ]
    assert [answer.status_code for answer in said] == [302, 302, 200]
    assert "You have sent a lot of answers today." in said[2].content.decode()
    assert GoalScore.objects.count() == 2
