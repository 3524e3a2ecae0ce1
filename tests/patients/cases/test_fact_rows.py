"""What is read with a case is each case's own, in its order, and the same however it is read."""

from datetime import date
from uuid import uuid4

import pytest

from clinic.models import Practice, User
from patients.models import Case
from patients.models.fact_rows import answers_of, case_as_it_is
from tests import factories

LATER = date(2026, 9, 1)


def _case(practice: Practice, *codes: str) -> Case:
    case = factories.CaseFactory(patient=factories.PatientFactory(practice=practice))
    for code in codes:
        factories.ConditionFactory(case=case, code=code)
    factories.SurgeryFactory(case=case)
    factories.SurgeryFactory(case=case, code="lumbar_fusion", side="", performed_on=LATER)
    factories.AnswerFactory(case=case, answer="no")
    factories.AnswerFactory(case=case, answer="yes")
    return case


def _told(case: Case) -> list[list[object]]:
    answers = case.current_answers.values()
    rows = (case.current_conditions, case.current_surgeries, answers)
    assert {row.case for kind in rows for row in kind} == {case}
    return [
        [row.code for row in case.current_conditions],
        [row.code for row in case.current_surgeries],
        [(row.code, row.answer, row.nerve_sign, row.answered_by) for row in answers],
    ]


def test_each_case_gets_its_own_however_it_is_read(practice: Practice) -> None:
    one = _case(practice, "lumbar_foraminal_stenosis", "knee_osteoarthritis")
    two = _case(practice, "rotator_cuff_related_pain")
    factories.AlertFactory(case=two, code="neurological_change")
    expected = {
        one.pk: [
            ["lumbar_foraminal_stenosis", "knee_osteoarthritis"],
            ["lumbar_fusion", "hip_replacement"],
            [("osteoporosis", "yes", False, one.clinician)],
        ],
        two.pk: [
            ["rotator_cuff_related_pain"],
            ["lumbar_fusion", "hip_replacement"],
            [("osteoporosis", "yes", True, two.clinician)],
        ],
    }
    assert {case.pk: _told(case) for case in practice.cases.with_facts()} == expected
    for pk, told in expected.items():
        assert _told(case_as_it_is(pk)) == told
        assert _told(Case.objects.get(pk=pk)) == told


def test_a_later_answer_is_read_by_whoever_reads_again(practice: Practice, alice: User) -> None:
    case = _case(practice, "lumbar_foraminal_stenosis")
    assert [row.answer for row in answers_of(case, who=False)] == ["yes"]
    factories.AnswerFactory(case=case, answer="no", answered_by=alice)
    (now,) = answers_of(case)
    assert (now.answer, now.answered_by) == ("no", alice)


@pytest.mark.django_db
def test_a_case_that_is_away_is_not_found() -> None:
    with pytest.raises(Case.DoesNotExist):
        case_as_it_is(uuid4())
