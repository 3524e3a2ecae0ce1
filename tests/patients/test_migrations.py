"""Answers of a question that is asked no more count for the one that is; nothing is lost."""

from typing import Any

import pytest

from clinic.models import User
from patients.models import Case
from tests.factories import CaseFactory
from tests.migrating import migrate

BEFORE = [("patients", "0006_sex_sides_and_birth")]
AFTER = [("patients", "0007_one_question_for_a_clot")]
pytestmark = pytest.mark.django_db(transaction=True)


#: What was answered to the old question, what to the new one, and which answer counts afterwards.
TABLE: list[tuple[list[str], list[str], str | None]] = [
    (["no"], [], "no"),
    (["yes"], [], "yes"),
    (["no", "yes"], ["no"], "yes"),
    (["no"], ["yes"], None),
    (["yes", "no"], ["no"], None),
    (["unknown"], [], None),
    (["cleared"], ["no"], "cleared"),
    (["yes"], ["cleared"], "yes"),
    (["cleared"], ["yes"], None),
    ([], ["yes"], None),
]


def rows(apps: Any, case: Case) -> list[tuple[str, str, int | None]]:
    answers = apps.get_model("patients", "ScreenAnswer").objects.filter(case_id=case.pk)
    return [(row.code, row.answer, row.copied_from_id) for row in answers.order_by("pk")]


def answer_both(apps: Any, case: Case, by: User, old: list[str], now: list[str]) -> Any:
    """Answer the two questions; the row that was said last to the old one."""
    answer = apps.get_model("patients", "ScreenAnswer")
    clearance = apps.get_model("patients", "RedFlagClearance")
    latest = None
    for code, kind, said in (
        ("dvt_suspected", "finding", old),
        ("rf_dvt_pattern", "red_flag", now),
    ):
        for word in said:
            yes = "yes" if word == "cleared" else word
            row = answer.objects.create(
                case_id=case.pk, kind=kind, code=code, answer=yes, answered_by_id=by.pk
            )
            if word == "cleared":
                clearance.objects.create(answer=row, cleared_by_id=by.pk, note="No clot found.")
            if code == "dvt_suspected":
                latest = row
    return latest


@pytest.mark.usefixtures("goes_back")
def test_the_more_careful_answer_counts_and_goes_back_again(alice: User, practice: Any) -> None:
    """Every line of the table is a case of its own; they go there and back together.

    One more has a copy that a clearance is written on, which goes back to its answer.
    """
    cases: list[Case] = [CaseFactory(patient__practice=practice) for _ in TABLE]
    scanned: Case = CaseFactory(patient__practice=practice)
    apps = migrate(BEFORE)
    sources = [
        answer_both(apps, case, alice, old, now)
        for case, (old, now, _) in zip(cases, TABLE, strict=True)
    ]
    suspected = answer_both(apps, scanned, alice, ["yes"], [])
    stood = [rows(apps, case) for case in cases]
    noted = apps.get_model("patients", "RedFlagClearance").objects.count()

    apps = migrate(AFTER)
    copies = apps.get_model("patients", "ScreenAnswer").objects.filter(copied_from__isnull=False)
    for case, (_, _, counts), source, before in zip(cases, TABLE, sources, stood, strict=True):
        if counts is None:
            assert rows(apps, case) == before
            continue
        copy = copies.get(case_id=case.pk)
        assert (copy.code, copy.kind, copy.copied_from_id) == (
            "rf_dvt_pattern",
            "red_flag",
            source.pk,
        )
        assert (copy.answered_by_id, copy.answered_at) == (alice.pk, source.answered_at)
        assert copy.answer == ("yes" if counts == "cleared" else counts)
        assert hasattr(copy, "clearance") is (counts == "cleared")
    apps.get_model("patients", "RedFlagClearance").objects.create(
        answer=copies.get(copied_from=suspected.pk),
        cleared_by_id=alice.pk,
        note="Scan done, no clot.",
    )

    apps = migrate(BEFORE)
    assert [rows(apps, case) for case in cases] == stood
    notes = apps.get_model("patients", "RedFlagClearance").objects
    assert notes.count() == noted + 1
    (note,) = notes.filter(note="Scan done, no clot.")
    assert note.answer_id == suspected.pk
