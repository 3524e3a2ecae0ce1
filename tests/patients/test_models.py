"""What the database and the models promise about patients, cases and answers."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import Error, IntegrityError, transaction
from django.db.models import ProtectedError

from clinic.models import Practice, User
from patients.models import Case, CaseRevision, Patient, RedFlagClearance, ScreenAnswer
from tests.clock import TODAY
from tests.every_row import every
from tests.factories import (
    AnswerFactory,
    CaseFactory,
    ConditionFactory,
    PatientFactory,
    SurgeryFactory,
)
from tests.patients.pages import fresh
from tests.undone import undone

pytestmark = pytest.mark.django_db


@every(
    "values",
    [
        {"date_of_birth": date(1889, 12, 31)},
        {"date_of_birth": date(2199, 1, 1)},
        {"full_name": ""},
        {"full_name": "  "},
    ],
)
def test_the_database_refuses_a_patient_that_cannot_be(values: dict[str, Any]) -> None:
    with undone(), pytest.raises(IntegrityError), transaction.atomic():
        PatientFactory(**values)


@every(
    "values",
    [
        {"title": " "},
        {"pregnant": "maybe"},
        {"pregnant": "yes"},
        {"pregnant": "no", "due_date": date(2027, 1, 1)},
        {"directional_preference": "sideways"},
        {"directional_preference": "flexion"},
        {"irritability": "some"},
        {"baseline_pain": 11},
        {"baseline_left": "knee"},
        {"baseline_right": "knee"},
        {"baseline_walking_left": "knee"},
        {"baseline_walking_right": "knee"},
        {"baseline_weakness": "arm"},
        {"baseline_numbness": "both"},
    ],
)
def test_the_database_refuses_a_case_that_cannot_be(values: dict[str, Any]) -> None:
    with undone(), pytest.raises(IntegrityError), transaction.atomic():
        CaseFactory(**values)


def test_a_case_cannot_belong_to_another_practice_than_its_patient(
    maria: Patient, other_practice: Practice
) -> None:
    with pytest.raises(IntegrityError):
        CaseFactory(patient=maria, practice=other_practice)


def test_a_condition_is_recorded_once_and_on_a_side_that_exists(case: Case) -> None:
    ConditionFactory(case=case)
    for values in ({}, {"side": "above"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConditionFactory(case=case, **values)


@every("values", [{"side": "central"}, {"approach": "below"}])
def test_an_operation_has_a_side_and_approach_that_exist(
    case: Case, values: dict[str, Any]
) -> None:
    with undone(), pytest.raises(IntegrityError), transaction.atomic():
        SurgeryFactory(case=case, **values)


@every("values", [{"kind": "guess"}, {"answer": "maybe"}])
def test_an_answer_is_one_of_three(case: Case, values: dict[str, Any]) -> None:
    with undone(), pytest.raises(IntegrityError), transaction.atomic():
        AnswerFactory(case=case, **values)


def test_what_was_recorded_is_never_changed_or_removed(case: Case, alice: User) -> None:
    answer = AnswerFactory(case=case, code="rf_foot_drop")
    clearance = RedFlagClearance.objects.create(answer=answer, cleared_by=alice, note="Seen.")
    revision = case.revisions.get()
    for row, column in ((answer, "answer"), (clearance, "note"), (revision, "number")):
        rows = type(row).objects.filter(pk=row.pk)
        with pytest.raises(Error, match="never changed or deleted"), transaction.atomic():
            rows.update(**{column: 7 if column == "number" else "no"})
        with pytest.raises(Error, match="never changed or deleted"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_nothing_clinical_goes_by_cascade(case: Case, practice: Practice, alice: User) -> None:
    AnswerFactory(case=case)
    for row in (practice, alice, case.patient, case):
        with pytest.raises(ProtectedError):
            row.delete()
    assert (Patient.objects.count(), ScreenAnswer.objects.count()) == (1, 1)
    assert CaseRevision.objects.count() == 1


@every(
    ("born", "on", "age"),
    [
        (date(2000, 5, 20), date(2026, 5, 19), 25),
        (date(2000, 5, 20), date(2026, 5, 20), 26),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
    ],
)
def test_age_is_whole_years(born: date, on: date, age: int) -> None:
    patient = Patient(date_of_birth=born)
    assert Case(patient=patient).age_on(on) == age


@every(
    ("days_to_birth", "weeks", "out_of_date"),
    [
        (280, 0, False),
        (294, 0, False),
        (189, 13, False),
        (140, 20, False),
        (0, 40, False),
        (-28, 44, False),
        (-29, 44, True),
        (-900, 44, True),
    ],
)
def test_weeks_of_pregnancy_are_counted_from_the_due_date(
    days_to_birth: int, weeks: int, out_of_date: bool
) -> None:
    on = date(2026, 11, 20)
    case = Case(pregnant="yes", due_date=on + timedelta(days=days_to_birth))
    assert case.pregnancy_weeks_on(on) == weeks
    assert case.pregnancy_is_out_of_date_on(on) is out_of_date


@every("pregnant", ["no", "unknown"])
def test_without_a_pregnancy_there_are_no_weeks(pregnant: str) -> None:
    case = Case(pregnant=pregnant)
    assert case.pregnancy_weeks_on(date(2026, 11, 20)) is None
    assert case.pregnancy_is_out_of_date_on(date(2026, 11, 20)) is False


@every(("days", "weeks"), [(0, 0), (6, 0), (7, 1), (83, 11), (84, 12), (-3, 0)])
def test_weeks_since_an_operation_are_whole(case: Case, days: int, weeks: int) -> None:
    surgery = SurgeryFactory.build(case=case, performed_on=TODAY - timedelta(days=days))
    assert surgery.weeks_ago(TODAY) == weeks


def test_today_is_where_the_practice_is(case: Case) -> None:
    case.practice.time_zone = "Pacific/Kiritimati"
    east = case.today()
    case.practice.time_zone = "Pacific/Pago_Pago"
    assert east > case.today()


def test_the_latest_answer_counts_and_earlier_ones_stay(case: Case) -> None:
    for answer in ("no", "yes", "unknown", "yes"):
        AnswerFactory(case=case, code="glaucoma", answer=answer)
    AnswerFactory(case=case, code="vertigo", answer="no")
    current = fresh(case).current_answers
    assert {code: row.answer for code, row in current.items()} == {
        "glaucoma": "yes",
        "vertigo": "no",
    }
    assert case.answers.count() == 5


def test_urgent_flags_and_a_suspected_clot_stop_a_case(case: Case) -> None:
    for code in ("rf_weight_loss", "rf_dvt_pattern", "osteoporosis", "rf_saddle_numbness"):
        AnswerFactory(case=case, code=code)
    AnswerFactory(case=case, code="rf_foot_drop", answer="no")
    found = fresh(case)
    assert [row.code for row in found.open_stops()] == ["rf_saddle_numbness", "rf_dvt_pattern"]
    assert [row.code for row in found.review_notices()] == ["rf_weight_loss"]
    assert list(ScreenAnswer.objects.open_stops().values_list("code", flat=True)) == [
        "rf_dvt_pattern",
        "rf_saddle_numbness",
    ]


@pytest.mark.parametrize("rows", [1, 8])
def test_facts_of_many_cases_take_four_queries(
    practice: Practice, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        case = CaseFactory(patient=PatientFactory(practice=practice))
        for side in ("left", "right"):
            ConditionFactory(case=case, side=side)
            SurgeryFactory(case=case, side=side)
        AnswerFactory(case=case, code="rf_foot_drop")
        AnswerFactory(case=case)
    with django_assert_num_queries(4):
        for found in practice.cases.with_facts():
            assert len(found.current_conditions) == len(found.current_surgeries) == 2
            assert [row.code for row in found.open_stops()] == ["rf_foot_drop"]
            assert str(found.current_answers["osteoporosis"].answered_by) != ""
            assert found.age_on(found.today()) > 0


def test_a_practice_reaches_its_own_cases_only(
    practice: Practice, case: Case, foreign_case: Case
) -> None:
    assert list(practice.cases.all()) == [case]
    assert list(Case.objects.for_practice(foreign_case.practice)) == [foreign_case]
