"""An owner makes a rule stricter, switches it off or notes something; everything follows."""

import re
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from clinic.models import AuditEntry, Practice, User
from patients.models import Case
from programs.exercises.library import library_for
from programs.exercises.rulebook.models import OwnRule
from programs.prescriptions.models import Program
from programs.verdicts.checks import catch_up
from programs.verdicts.models import ProgramCheck
from programs.verdicts.recheck import recheck_live
from tests import factories
from tests.every_row import every
from tests.programs.builder.test_builder_page import text
from tests.programs.conftest import SCREEN, MakeCase, judged
from tests.programs.exercises.rulebook.rules import put_exercise, put_rule
from tests.programs.verdicts.test_recheck import live

Change = Callable[..., str]
WHY = "Our surgeons ask for this."


@pytest.fixture
def change(alice_client: Client) -> Change:
    """Change a rule as Alice does: look at what it touches, then confirm; what she was shown."""

    def do(code: str, way: str, reason: str = WHY, note: str = "") -> str:
        url, data = f"/rules/{code}/change/", {"way": way, "reason": reason, "note": note}
        shown = alice_client.post(url, data)
        assert shown.status_code == 200
        found = re.findall(r'name="(seen|confirmed)" value="([^"]*)"', shown.content.decode())
        assert alice_client.post(url, {**data, **dict(found)}).status_code == 302
        return text(shown)

    return do


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    for code in ("L03", "P-02", "P-06", "P-16", "R43"):
        put_rule(code)
    for slug in ("childs-pose", "curl-up", "dead-bug"):
        put_exercise(slug)


@pytest.fixture
def stenosis(make_case: MakeCase) -> Case:
    """Everything asked and answered no."""
    return make_case(no=SCREEN)


@pytest.fixture
def running(stenosis: Case, alice: User) -> Program:
    """A curl-up that goes out while osteoporosis is answered with no."""
    return live(stenosis, alice, "curl-up", "dead-bug")


def add(case: Case, slug: str) -> Program:
    program = factories.ProgramFactory(case=case)
    factories.ProgramItemFactory(program=program, slug=slug)
    return program


def said(program: Program) -> list[tuple[str, str, str]]:
    """Rule, verdict and words of each reason for the only item."""
    assessment = judged(program).assessment
    assert assessment is not None
    return [(r.rule, r.verdict, r.reason) for r in assessment.reasons]


def test_a_contraindication_that_is_switched_off_leaves_a_caution_that_says_so(
    stenosis: Case, change: Change, alice_client: Client
) -> None:
    factories.AnswerFactory(case=stenosis, code="osteoporosis", answer="yes")
    program = add(stenosis, "curl-up")
    before = said(program)
    assert [(rule, verdict) for rule, verdict, _ in before] == [("P-06", "contraindicated")]
    change("P-06", "off")
    told = "switched off here. Running programs are judged without it from now on."
    assert told in text(alice_client.get("/rules/P-06/"))
    ((rule, verdict, words),) = said(program)
    assert (rule, verdict) == ("P-06", "caution")
    assert words == (
        "Switched off in this practice (Alice Archer, 20 Nov 2026): Our surgeons ask for this. "
        f"Else “Not for this patient”: {before[0][2]}"
    )
    item = judged(program)
    assert [reason.rule for reason in item.standing.to_accept] == ["P-06"]
    assert item.standing.to_accept[0].patient == (
        "Go gently with this one. Stop and ask us if it does not feel right."
    )


def test_a_stricter_rule_asks_for_an_override(stenosis: Case, change: Change) -> None:
    stenosis.irritability = "high"
    stenosis.save()
    program = add(stenosis, "childs-pose")
    assert ("R43", "caution") in [(rule, verdict) for rule, verdict, _ in said(program)]
    change("R43", "stricter", "We never stretch {an angry} nerve")
    (words,) = [words for rule, verdict, words in said(program) if rule == "R43"]
    assert words.endswith(
        "Stricter in this practice (Alice Archer, 20 Nov 2026): We never stretch (an angry) nerve."
    )
    assert [reason.rule for reason in judged(program).standing.blocked] == ["R43"]


def test_it_shows_first_which_running_programs_it_touches(
    running: Program, practice: Practice, alice: User, change: Change
) -> None:
    factories.AnswerFactory(case=running.case, code="osteoporosis", answer="yes")
    shown = change("P-06", "off")
    assert "1 running program would be touched" in shown
    assert "Maria Santos" in shown
    assert "Small curl-up: Not for this patient becomes Take care" in shown
    assert "Dead bug" not in shown


def test_the_dashboard_and_the_rows_follow(
    running: Program, practice: Practice, alice_client: Client, change: Change
) -> None:
    factories.AnswerFactory(case=running.case, code="osteoporosis", answer="yes")
    catch_up(practice, most=10)
    assert ProgramCheck.objects.get().flagged
    change("P-06", "off")
    practice.refresh_from_db()
    # Judged with the post that changed it: nothing waits.
    row = ProgramCheck.objects.get()
    assert (row.stale, row.flagged, recheck_live(practice)) == (False, False, [])
    change("P-06", "as_written")
    practice.refresh_from_db()
    assert not ProgramCheck.objects.get().stale
    assert [flag.named for flag in recheck_live(practice)] == ["Small curl-up"]
    assert ProgramCheck.objects.get().flagged
    assert practice.own_rules == ""


def test_a_switched_off_rule_comes_back_when_it_changes(
    practice: Practice, alice_client: Client, change: Change
) -> None:
    change("P-02", "off")
    practice.refresh_from_db()
    assert library_for(practice).rules["P-02"].clauses[0].verdict == "caution"
    put_rule("P-02", title="Open wound near the low back")
    assert library_for(practice).rules["P-02"].clauses[0].verdict == "contraindicated"
    page = text(alice_client.get("/rules/P-02/"))
    assert "It was switched off here, and has changed since: it holds again, as written." in page


def test_a_note_stands_wherever_the_rule_speaks_and_asks_nothing_anew(
    stenosis: Case, alice: User, alice_client: Client, change: Change
) -> None:
    stenosis.irritability = "high"
    stenosis.save()
    program = add(stenosis, "childs-pose")
    before = judged(program).standing.to_accept[0]
    change("R43", "as_written", "", "Ask about <sleep> first.")
    page = alice_client.get(f"/programs/{program.pk}/").content.decode()
    assert "Your practice: Ask about &lt;sleep&gt; first." in page
    assert judged(program).standing.to_accept[0].reason == before.reason


def test_another_practice_has_the_rules_as_written(
    practice: Practice, other_practice: Practice, charlie_client: Client, change: Change,
) -> None:  # fmt: skip
    change("P-06", "off")
    practice.refresh_from_db()
    here, there = library_for(practice).rules["P-06"], library_for(other_practice).rules["P-06"]
    assert (here == there, there == library_for(practice).written["P-06"]) == (False, True)
    assert "Our surgeons" not in text(charlie_client.get("/rules/P-06/"))


def test_only_the_owner_changes_a_rule_and_all_may_read_it(
    bob_client: Client, change: Change
) -> None:
    assert bob_client.get("/rules/P-06/change/").status_code == 403
    assert bob_client.post("/rules/P-06/change/", {"way": "off"}).status_code == 403
    change("P-06", "off")
    page = text(bob_client.get("/rules/?state=ours"))
    assert "Switched off in your practice by Alice Archer, 20 Nov 2026: Our surgeons" in page
    assert "Change it here" not in text(bob_client.get("/rules/P-06/"))


@every(
    ("code", "way", "reason", "told"),
    [
        ("P-06", "off", "because", "Say why, in 10 characters or more."),
        ("P-16", "off", WHY, "Choose from the list."),
        ("L03", "off", WHY, "Choose from the list."),
        ("P-02", "stricter", WHY, "Choose from the list."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    alice_client: Client, code: str, way: str, reason: str, told: str
) -> None:
    data = {"way": way, "reason": reason, "note": "Kept as typed"}
    answer = alice_client.post(f"/rules/{code}/change/", data)
    assert (answer.status_code, told in text(answer)) == (422, True)
    assert "Kept as typed" in answer.content.decode()
    assert not OwnRule.objects.exists()


def test_nothing_is_done_unseen(alice_client: Client, change: Change) -> None:
    data = {"way": "off", "reason": WHY, "note": ""}
    alice_client.post("/rules/P-06/change/", {**data, "confirmed": "something else"})
    assert not OwnRule.objects.exists()
    change("P-06", "off")
    change("P-06", "off")
    assert [entry.details["way"] for entry in AuditEntry.objects.filter(action="rule.change")] == [
        "off"
    ]
    with pytest.raises(DatabaseError, match="is final"), transaction.atomic():
        OwnRule.objects.update(reason="Never said")
