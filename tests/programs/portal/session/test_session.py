"""A session without scripts: a checklist that is sent once and stores everything."""

import html
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import User
from patients.models import CaseResponse, SymptomLog
from programs.access.models import PatientAccess
from programs.portal.session.page import PAUSED_WORDS
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.prescription import Prescription
from programs.sessions import responses
from programs.sessions.models import ExerciseLog, SessionLog
from programs.sessions.prescribed import dose_asked
from tests.programs.portal.conftest import issue_for
from tests.programs.portal.today.test_program import read, words_of
from tests.programs.samples import sample_exercise, sample_prescription

pytestmark = pytest.mark.django_db

RUN = "7a1f9c1e-2f0f-4f0e-9f5b-0d8f3f0f8a11"
#: A ball massage, short holds, a dead bug, hook-lying marches in sets, and advice.
KINDS = (0, 2, 7, 9, 14)
DOSE = '{"duration_s":[60,120],"times_per_day":[1,1],"days_per_week":[3,5]}'


def five() -> Prescription:
    items = tuple(sample_exercise(i, figures=i == 0) for i in KINDS)
    return sample_prescription(1, items=items)


@pytest.fixture
def issued(case: Any, alice: User) -> IssuedPrescription:
    return issue_for(case, alice, five())


def answers(**changes: Any) -> dict[str, Any]:
    """The first two exercises told, and how it was before and after."""
    return {
        "run": RUN,
        "begun": timezone.now().isoformat(),
        "before-pain": "4",
        "before-regions": ["calf_right", "back_middle"],
        "before-kinds": ["tingling"],
        "exercise-1-state": "done",
        "exercise-1-seconds": "2",
        "exercise-2-state": "partly",
        "exercise-2-reps": "6",
        "exercise-2-seconds": "5",
        "exercise-2-reason": "tired",
        "after-pain": "3",
        "after-regions": ["back_middle"],
        "after-kinds": ["none"],
        **changes,
    }


def told(access: PatientAccess) -> list[tuple[Any, ...]]:
    rows = ExerciseLog.objects.standing().filter(session__case=access.case)
    return list(rows.order_by("pk").values_list("item", "state", "sets", "reps", "seconds", "side"))


def test_the_page_has_every_exercise_with_dose_steps_and_questions(
    phone: Client, session: str
) -> None:
    text = read(phone, session)
    for place, number in enumerate(KINDS[:4], start=1):
        item = sample_exercise(number)
        card = text[text.index(f'data-screen="exercise-{place}"') :]
        card = card[: card.index("</article>")]
        said = words_of(card)
        wanted = [item.name, item.side_words, *item.steps, item.note, "Done", "Partly", "Not today"]
        assert [words for words in wanted if words not in said] == []
    assert sample_exercise(14).name not in words_of(text[text.index("data-checklist") :])
    assert [place for place in ("Before you begin", "How is it now?") if place not in text] == []


def test_the_dose_for_the_timer_is_the_prescribed_one(phone: Client, session: str) -> None:
    doses = re.findall(r'data-dosage="([^"]*)"', read(phone, session))
    assert html.unescape(doses[0]) == DOSE
    assert len(doses) == 4


def test_one_submit_stores_everything(
    phone: Client, session: str, access: PatientAccess, issued: IssuedPrescription
) -> None:
    answer = phone.post(session, answers())
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{session}{RUN}/")
    run = SessionLog.objects.get()
    assert (str(run.client_id), run.state, run.prescription) == (RUN, "finished", issued)
    assert told(access) == [
        ("item-0", "done", None, None, 2, "right"),
        ("item-2", "partly", None, 6, 5, ""),
    ]
    rows = SymptomLog.objects.order_by("pk").values_list("phase", "pain", "regions", "kinds")
    assert list(rows) == [
        ("before", 4, ["calf_right", "back_middle"], ["tingling"]),
        ("after", 3, ["back_middle"], []),
    ]
    asked = dose_asked(ExerciseLog.objects.get(item="item-2")).to_dict()
    assert asked == sample_exercise(2).dosage.to_dict()
    assert ExerciseLog.objects.get(item="item-2").reason == "tired"


def test_sending_twice_stores_once(phone: Client, session: str, access: PatientAccess) -> None:
    sent = answers()
    for _ in range(2):
        assert phone.post(session, sent).headers["Location"] == f"{session}{RUN}/"
    assert (SessionLog.objects.count(), ExerciseLog.objects.count()) == (1, 2)
    assert SymptomLog.objects.count() == 2


def test_going_back_and_sending_other_words_is_a_correction(
    phone: Client, session: str, access: PatientAccess
) -> None:
    phone.post(session, answers())
    phone.post(session, answers(**{"exercise-1-state": "partly", "after-pain": "5"}))
    phone.post(session, answers())
    assert [row[1] for row in told(access)] == ["partly", "done"]
    assert ExerciseLog.objects.count() == 4
    after = SymptomLog.objects.filter(phase="after")
    assert [log.pain for log in after.order_by("pk")] == [3, 5, 3]
    assert [log.pain for log in after.standing()] == [3]


def test_nothing_ticked_is_no_session(phone: Client, session: str) -> None:
    sent = {"run": RUN, "before-pain": "4"}
    answer = phone.post(session, sent)
    text = words_of(answer.content.decode())
    assert answer.status_code == 200
    assert "Nothing is ticked yet." in text
    assert (SessionLog.objects.count(), SymptomLog.objects.count()) == (0, 0)
    kept = re.search(r'name="before-pain"\s+value="4"[^>]*checked', answer.content.decode())
    assert kept is not None


def test_opening_the_page_stores_nothing(phone: Client, session: str) -> None:
    read(phone, session)
    assert (SessionLog.objects.count(), ExerciseLog.objects.count()) == (0, 0)


def test_a_session_with_nothing_done_is_stored_as_stopped(
    phone: Client, session: str, access: PatientAccess
) -> None:
    sent = {"run": RUN, "exercise-1-state": "skipped", "exercise-1-reason": "no_time"}
    phone.post(session, sent)
    assert SessionLog.objects.get().state == "stopped"
    assert told(access) == [("item-0", "skipped", None, None, None, "right")]
    text = words_of(read(phone, f"{session}{RUN}/"))
    assert "You did no exercise this time." in text


ERRORS = [
    ("exercise-2-reps", "ten", "Type a whole number, like 10."),
    ("exercise-2-reps", "-3", "Type 0 or more."),
    ("exercise-2-reps", "1001", "Type 1000 or less."),
    ("exercise-2-seconds", "٩٩٩٩٩٩٩٩٩", "Type 86400 or less."),
    ("exercise-1-state", "maybe", "Select a valid choice."),
    ("before-pain", "11", "Choose a number from 0 to 10."),
]


def test_an_error_stands_at_its_field_and_all_that_was_typed_stays(
    phone: Client, session: str
) -> None:
    for field, typed, words in ERRORS:
        answer = phone.post(session, answers(**{field: typed}))
        text = answer.content.decode()
        assert answer.status_code == 200, field
        assert words in words_of(text), (field, typed)
        assert "<title>Check your answers – Your session</title>" in text, field
        assert (SessionLog.objects.count(), SymptomLog.objects.count()) == (0, 0), field
        place = field.rpartition("-")[0]
        assert f'<li><a href="#{place}">' in text, field
        if field.endswith(("reps", "seconds")):
            marked = re.search(rf'name="{field}"[^>]*value="{typed}"[^>]*aria-invalid="true"', text)
            assert marked is not None, (field, typed)
        assert f'name="run" value="{RUN}"' in text, field
        assert re.search(r'value="calf_right"[^>]*checked', text) is not None, field
        assert re.search(r'id="exercise-2-partly"[^>]*checked', text) is not None, field
        assert re.search(r'<option value="tired"\s+selected', text) is not None, field


def test_numbers_of_an_exercise_that_was_not_done_are_asked_about(
    phone: Client, session: str
) -> None:
    answer = phone.post(session, answers(**{"exercise-2-state": "skipped"}))
    assert "You chose Not today, but you gave numbers." in words_of(answer.content.decode())


def test_the_same_as_last_time_in_one_tick_and_nothing_changed_in_another(
    phone: Client, session: str
) -> None:
    phone.post(session, answers())
    last = SymptomLog.objects.get(phase="after")
    text = read(phone, session)
    assert "The same as last time: Pain 3 out of 10; middle of the low back" in words_of(text)
    run = str(uuid.uuid4())
    sent = {
        "run": run,
        "before-same": str(last.client_id),
        "after-same": "1",
        "exercise-1-state": "done",
    }
    for _ in range(2):
        assert phone.post(session, sent).headers["Location"] == f"{session}{run}/"
    rows = SymptomLog.objects.filter(session=run).order_by("at", "pk")
    assert [(r.phase, r.pain, r.regions) for r in rows] == [
        ("before", 3, ["back_middle"]),
        ("after", 3, ["back_middle"]),
    ]


def test_nothing_changed_needs_something_before(phone: Client, session: str) -> None:
    sent = {"run": RUN, "after-same": "1", "exercise-1-state": "done"}
    answer = phone.post(session, sent)
    assert "Answer the questions before the exercises first." in words_of(answer.content.decode())
    assert SessionLog.objects.count() == 0


def test_minutes_may_have_a_comma(
    phone: Client, page: str, access: PatientAccess, alice: User
) -> None:
    walking = sample_exercise(5, figures=False)
    issue_for(access.case, alice, sample_prescription(1, items=(walking,)))
    sent = {"run": RUN, "exercise-1-state": "partly", "exercise-1-seconds": "2,5"}
    phone.post(f"{page}session/", sent)
    assert told(access) == [("item-5", "partly", None, None, 150, "")]


def test_a_paused_exercise_is_shown_with_why_and_is_no_part_of_it(
    phone: Client, session: str, access: PatientAccess
) -> None:
    responses.refresh(access.case)
    kept = CaseResponse.objects.get(case=access.case)
    kept.answer["paused"] = ["item-2"]
    kept.save()
    text = read(phone, session)
    said = words_of(text)
    why = PAUSED_WORDS.replace("your clinician", "Bob Brown")
    assert f"Paused: leave this one out {sample_exercise(2).name} {why}" in said
    assert 'data-exercise="item-2"' not in text
    assert 'name="exercise-2-state"' not in text


def test_the_end_tells_what_follows_and_what_was_stored(phone: Client, session: str) -> None:
    phone.post(session, answers())
    text = words_of(read(phone, f"{session}{RUN}/"))
    assert "Your session is saved You did 2 exercises. Carry on" in text
    assert f"{sample_exercise(0).name}, {sample_exercise(0).side_words}: done, 2 seconds" in text
    assert "partly done, 6 times, 5 seconds, I am too tired" in text
    assert "We ask once more" not in text


def test_worse_than_before_is_asked_about_once_more(phone: Client, session: str) -> None:
    phone.post(session, answers(**{"after-pain": "6"}))
    text = read(phone, f"{session}{RUN}/")
    assert "We ask once more in 5 minutes" in words_of(text)
    assert f"/check/settled/{RUN}/" in text


def test_an_exercise_that_may_raise_symptoms_is_asked_about_once_more(
    phone: Client, page: str, access: PatientAccess, alice: User
) -> None:
    rising = sample_exercise(4, figures=False, transient_rise="during_only", transient_when="So.")
    issue_for(access.case, alice, sample_prescription(1, items=(rising,)))
    session = f"{page}session/"
    assert "data-asks-again" in read(phone, session)
    phone.post(session, {"run": RUN, "exercise-1-state": "done"})
    assert "We ask once more in 5 minutes" in words_of(read(phone, f"{session}{RUN}/"))
    skipped = str(uuid.uuid4())
    phone.post(session, {"run": skipped, "exercise-1-state": "skipped"})
    assert "We ask once more" not in words_of(read(phone, f"{session}{skipped}/"))
