"""The progress report as a referrer gets it."""

import uuid

import pytest
from django.test import Client

from clinic.models import AuditEntry, User
from patients.models import Case
from programs.followup.goals import actions as goal_actions
from tests.clock import SetClock
from tests.factories import AnswerFactory, ConditionFactory
from tests.programs.followup.conftest import ITEMS, NOW, Diary, on
from tests.programs.judges import broken_rules_and_doubts
from tests.programs.pdf import Pdf

NASTY = 'Lift <b>Tom</b> & "Ann"'
ALL = ["chart", "adherence", "goals", "warnings", "proposals"]


@pytest.fixture
def told(diary: Diary, case: Case, alice: User, clock: SetClock) -> Diary:
    ConditionFactory(case=case)
    goal = goal_actions.add_goal(case=case, actor=alice, words=NASTY)
    for day, value in ((2, 3), (18, 5)):
        clock(on(day))
        scores = {goal.pk: value}
        goal_actions.score_goals(case=case, scores=scores, actor=alice, client_id=uuid.uuid4())
    for day in range(9, 20):
        diary.session(on(day), before=(4, ("calf_right",)), after=(3, ("thigh_back_right",)))
    diary.session(on(20), before=(4, ("calf_right",)), after=(6, ("foot_right",)), done=ITEMS[:1])
    clock(NOW)
    return diary


def make(client: Client, case: Case, **data: object) -> bytes:
    url = f"{case.get_absolute_url()}progress-report/"
    answer = client.post(url, {"to": "Dr Jones", "note": "Please look.", "parts": ALL} | data)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        'attachment; filename="progress-report-2026-11-20.pdf"'
    )
    return answer.content


SAYS = (
    "To Dr Jones",
    "Patient Margaret Ellison, born 8 Mar 1951",
    "Diagnosis Lumbar foraminal stenosis, right",
    'Is it <i>L5</i>? & "S1"',
    "Moving further down the leg (peripheralising).",
    "Last 7 days: 7 of 7 sessions; right side moved down from the thigh to the foot; "
    "pain 3 → 6 of 10.",
    "Furthest place, right The lower leg The foot",
    "Pain, 0 to 10 4 6",
    "Version 1, issued 26 Oct 2026.",
    "Both knees to chest 11 of 25 0",
    'Lift <b>Tom</b> & "Ann" 3 → 5 of 10, better by 2 points: less than a change that matters',
    "20 Nov 2026 Symptoms further down after exercise, and staying there",
    "Not yet acknowledged",
    "Look at the direction again",
    "Patient-Specific Functional Scale, Stratford and others 1995",
    "Alice Archer",
)


def test_it_says_who_why_what_and_where_to_and_keeps_to_pdf_ua(
    alice_client: Client, case: Case, told: Diary
) -> None:
    """It is tagged, its chart has words, and the same record gives the same bytes.

    One doubt stays: a small table that names its rows and its columns is mostly names.
    """
    printed = make(alice_client, case, note='Is it <i>L5</i>?\x0b & "S1"')
    pdf = Pdf(printed)
    assert len(pdf.pages) == 2
    assert [words for words in SAYS if words not in pdf.text] == []
    figures = pdf.tagged("/Figure")
    assert [figure.alt[:40] for figure in figures] == ["Chart from 26 Oct 2026 to 20 Nov 2026: p"]
    assert pdf.paint_outside_tags == 0
    assert pdf.info["/Title"] == "Progress report, 20 Nov 2026"
    assert pdf.bookmarks[:2] == ["Progress report", "Note"]
    assert {node.data["/A"]["/Scope"] for node in pdf.tagged("/TH")} == {"/Column", "/Row"}
    broken, doubts = broken_rules_and_doubts(printed)
    assert broken == []
    assert {doubt.split()[0] for doubt in doubts} == {"TBL-010"}
    assert make(alice_client, case, note='Is it <i>L5</i>?\x0b & "S1"') == printed


def test_what_is_not_ticked_is_left_out(alice_client: Client, case: Case, told: Diary) -> None:
    pdf = Pdf(make(alice_client, case, to="", note="", parts=[]))
    assert len(pdf.pages) == 1
    left_out = ("To ", "Note", "Lift", "Warning signs", "How much was done", "Under review")
    assert [words for words in left_out if words in pdf.text] == []
    assert pdf.tagged("/Figure") == []


def test_red_flags_come_with_what_was_done(alice_client: Client, case: Case, told: Diary) -> None:
    flag = AnswerFactory(case=case, code="rf_foot_drop")
    assert "Open: exercise is stopped" in Pdf(make(alice_client, case, parts=["warnings"])).text
    clear = f"{case.get_absolute_url()}red-flags/{flag.pk}/clear/"
    alice_client.post(clear, {"note": "Seen by the <surgeon>: old."})
    text = Pdf(make(alice_client, case, parts=["warnings"])).text
    assert "Cleared by Alice Archer, 20 Nov 2026: Seen by the <surgeon>: old." in text


def test_a_case_without_a_program_has_a_report_too(
    alice_client: Client, case: Case, clock: SetClock
) -> None:
    clock(NOW)
    text = Pdf(make(alice_client, case)).text
    assert "The patient has not reported anything online." in text
    assert "No program has been issued." in text


def test_making_one_is_on_record_without_its_words(
    alice_client: Client, alice: User, case: Case, clock: SetClock
) -> None:
    clock(NOW)
    make(alice_client, case, parts=["goals"])
    entry = AuditEntry.objects.get(action="report.print")
    assert (entry.actor, entry.details) == (alice, {"parts": ["goals"]})


def test_too_long_a_note_stays_as_typed(alice_client: Client, case: Case) -> None:
    url = f"{case.get_absolute_url()}progress-report/"
    answer = alice_client.post(url, {"note": "x" * 3001, "parts": ["chart"]})
    assert "x" * 3001 in answer.content.decode()
    assert "3000" in answer.content.decode()


def test_a_sign_that_no_font_has_is_named_before_it_prints_as_a_box(
    alice_client: Client, case: Case, told: Diary
) -> None:
    url = f"{case.get_absolute_url()}progress-report/"
    typed = {"to": "Dr \uf123", "note": "See \uf0b7 and \uf123", "parts": ["goals"]}
    page = alice_client.post(url, typed)
    html = page.content.decode()
    assert (page.status_code, page["Content-Type"]) == (409, "text/html; charset=utf-8")
    assert "U+F123, a sign of one font&#x27;s own" in html
    assert "in: <bdi>To</bdi>" in html
    assert "in: <bdi>Your note</bdi>" in html
    assert "U+F0B7" not in html
    assert page.context["form"]["note"].value() == typed["note"]
    assert alice_client.post(url, {**typed, "boxes_agreed": "U+F124"}).status_code == 409
    make(alice_client, case, **typed, boxes_agreed="U+F123")
    details = AuditEntry.objects.get(action="report.print").details
    assert details == {"parts": ["goals"], "boxes": ["U+F123"]}


def test_a_sign_in_the_record_that_no_font_has_is_named_too(
    alice_client: Client, case: Case, told: Diary
) -> None:
    case.patient.full_name = "Margaret \uf123"
    case.patient.save()
    url = f"{case.get_absolute_url()}progress-report/"
    page = alice_client.post(url, {"to": "", "note": "", "parts": ["goals"]})
    assert page.status_code == 409
    assert "in: <bdi>The record</bdi>" in page.content.decode()
