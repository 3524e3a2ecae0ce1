"""A watched exercise is asked about at its end, so that its stop rule can speak at once."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import User
from patients.models import SymptomLog
from programs.access.models import PatientAccess
from programs.prescriptions.models import IssuedPrescription
from programs.sessions.models import ExerciseLog
from tests.programs.portal.conftest import issue_for
from tests.programs.portal.today.test_program import read, words_of
from tests.programs.samples import sample_exercise, sample_prescription

pytestmark = pytest.mark.django_db

RUN = "7a1f9c1e-2f0f-4f0e-9f5b-0d8f3f0f8a11"
BACK = "item-back"


@pytest.fixture
def issued(case: Any, alice: User, shipped_catalogue: None) -> IssuedPrescription:
    """A ball release, and a back bend whose response is watched."""
    back = sample_exercise(
        4,
        figures=False,
        item=BACK,
        exercise="standing-back-extension",
        name="Standing back bend",
        side="",
        side_words="",
        transient_rise="during_only",
    )
    items = (sample_exercise(0, figures=False), back)
    return issue_for(case, alice, sample_prescription(1, items=items))


@pytest.fixture
def session(page: str) -> str:
    return f"{page}session/"


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "run": RUN,
        "begun": timezone.now().isoformat(),
        "before-pain": "4",
        "before-regions": ["calf_right"],
        "before-kinds": ["tingling"],
        "exercise-1-state": "done",
        "exercise-2-state": "done",
        "during-2-pain": "6",
        "during-2-regions": ["calf_right", "back_middle"],
        **changes,
    }


def logged() -> list[tuple[Any, ...]]:
    rows = SymptomLog.objects.standing().order_by("pk")
    return list(rows.values_list("phase", "item", "pain", "regions"))


def test_only_the_watched_exercise_is_asked_about(phone: Client, session: str) -> None:
    text = read(phone, session)
    cards = text.split("<article")[1:]
    assert ["data-during" in card for card in cards] == [False, True]
    words = words_of(cards[1])
    assert "How was it at the end of this one?" in words
    assert "How bad was the pain at the end of it?" in words
    assert "Where was it then?" in words


def test_worse_in_back_and_leg_to_the_end_stops_the_back_bend(
    phone: Client, session: str, access: PatientAccess
) -> None:
    phone.post(session, answers())
    assert logged() == [
        ("before", "", 4, ["calf_right"]),
        ("during", BACK, 6, ["calf_right", "back_middle"]),
    ]
    response = access.case.response
    assert (response.outcome, response.answer["paused"]) == ("stop_exercise", [BACK])
    end = words_of(read(phone, f"{session}{RUN}/"))
    assert "Stop this exercise Your back and leg did not calm down after this one." in end
    alerts = access.case.alerts.filter(kind="alert")
    assert [(a.code, a.urgency, a.item_name) for a in alerts] == [
        ("extension_not_tolerated", "soon", "Standing back bend")
    ]


def test_a_rise_that_is_over_after_the_session_stops_nothing(
    phone: Client, session: str, access: PatientAccess
) -> None:
    after = {"after-pain": "3", "after-regions": ["calf_right"]}
    phone.post(session, answers(**after))
    assert access.case.response.answer["paused"] == []


def test_the_same_page_sent_twice_stores_once_and_changed_corrects(
    phone: Client, session: str
) -> None:
    for pain in ("6", "6", "5"):
        phone.post(session, answers(**{"during-2-pain": pain}))
    assert SymptomLog.objects.filter(phase="during").count() == 2
    assert logged()[-1][:3] == ("during", BACK, 5)


def test_what_was_not_done_has_no_end_to_tell_of(phone: Client, session: str) -> None:
    phone.post(session, answers(**{"exercise-2-state": "skipped"}))
    assert [row[:2] for row in logged()] == [("before", "")]
    assert ExerciseLog.objects.count() == 2


def test_a_mistake_in_it_is_named_with_the_exercise(phone: Client, session: str) -> None:
    wrong = answers(**{"during-2-regions": ["nowhere", "calf_right"], "run": str(uuid.uuid4())})
    text = words_of(read_post(phone, session, wrong))
    assert "Look at: Standing back bend" in text
    assert "You chose Nowhere and a place too." in text
    assert SymptomLog.objects.count() == 0


def read_post(phone: Client, address: str, data: dict[str, Any]) -> str:
    answer = phone.post(address, data)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_words_for_a_weak_leg_stand_on_the_page_before_any_answer(
    phone: Client, session: str
) -> None:
    """The script shows them at once, also without a connection."""
    text = read(phone, session)
    assert text.count('data-nerves="both" hidden') == text.count('data-nerves="one" hidden') == 1
    assert "Weak or numb in both legs? If this is new, stop now and get help." in words_of(text)
