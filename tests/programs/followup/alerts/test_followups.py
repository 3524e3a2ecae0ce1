"""What a clinician does about a report with one click: nothing changes by itself."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEntry, User
from patients.models import Alert, Case, ResponseMark
from programs.followup.alerts.actions import apply_proposal, clear_sign, reinstate
from programs.portal.session.log_views import answer_words
from programs.portal.stopping import is_stopped
from programs.prescriptions.models import Program
from programs.sessions import responses
from tests.factories import AlertFactory
from tests.patients.pages import errors, fresh, main_text, said, texts
from tests.programs.followup.alerts.reported import (
    BACK,
    FORWARD,
    NOTE,
    Report,
    case,
    item,
    press,
    program,
    raised,
    report,
    spread,
)

__all__ = ["case", "program", "report", "spread"]
pytestmark = pytest.mark.django_db

# --- The words and the steps ----------------------------------------------------------------------


def test_the_inbox_says_why_and_by_which_rule_and_what_can_be_done(
    bob_client: Client, spread: None
) -> None:
    page = bob_client.get(reverse("inbox"))
    text = main_text(page)
    assert texts(page, "alert-item__title") == [
        "Symptoms further down after exercise, and staying there: Back bend, standing",
        "Extension is not tolerated for now: Back bend, standing",
        "Look at the direction again: Back bend, standing",
    ]
    assert "Furthest from the back: lower leg, before it buttock." in text
    assert "Forward bends in the program to go on with: Both knees to chest." in text
    assert "Symptoms were further down more than 5 minutes after exercise." in text
    assert "Rule L03" in text
    assert "?level=log#rule-L03" in page.content.decode()
    for code in ("peripheralising", "standing-back-extension", "rank_before", "lower_leg"):
        assert code not in text


def test_the_rule_stands_where_the_link_leads(bob_client: Client, spread: None) -> None:
    page = bob_client.get(f"{reverse('rule_list')}?level=log")
    assert 'id="rule-L03"' in page.content.decode()


@pytest.mark.parametrize("rows", [1, 8])
def test_the_inbox_asks_the_same_few_questions(
    bob_client: Client,
    case: Case,
    program: Program,
    spread: None,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for n in range(rows):
        AlertFactory(case=case, event=f"e{n}")
    url = reverse("inbox")
    bob_client.get(url)
    with django_assert_num_queries(12):
        bob_client.get(url)


# --- One click ------------------------------------------------------------------------------------


def test_a_preference_is_recorded_with_the_clinician_as_its_author(
    bob_client: Client, bob: User, case: Case, report: Report
) -> None:
    report(
        BACK, {"pain": 4, "regions": ("calf_right",)}, {"pain": 5, "regions": ("buttock_right",)}
    )
    alert = raised(case, "set_preference_extension")
    page = press(bob_client, alert, revision=str(fresh(case).revision))
    assert said(page) == ["Recorded extension as the directional preference."]
    now = fresh(case)
    assert (now.directional_preference, now.preference_recorded_by) == ("extension", bob)
    alert.refresh_from_db()
    assert (alert.acknowledged_by, alert.ended_at is not None) == (bob, True)
    again = press(bob_client, alert, revision="1")
    assert said(again) == ["You have acknowledged this already."]
    assert AuditEntry.objects.filter(action="case.change").count() == 1


def test_a_preference_that_somebody_recorded_meanwhile_is_not_written_over(
    bob_client: Client, alice: User, case: Case, report: Report
) -> None:
    from patients.record.actions import change_case

    report(
        BACK, {"pain": 4, "regions": ("calf_right",)}, {"pain": 5, "regions": ("buttock_right",)}
    )
    seen = fresh(case).revision
    facts = {"directional_preference": "none", "preference_recorded_by": [alice.pk, str(alice)],
             "preference_recorded_on": "2026-11-01"}  # fmt: skip
    change_case(case=case, actor=alice, seen=seen, facts=facts)
    page = press(bob_client, raised(case, "set_preference_extension"), revision=str(seen))
    assert said(page) == ["Alice Archer changed the direction meanwhile. Look at the case first."]
    assert fresh(case).directional_preference == "none"
    assert raised(case, "set_preference_extension").is_open


def test_an_exercise_that_is_not_tolerated_leaves_the_draft_and_the_clinician_issues(
    bob_client: Client, case: Case, program: Program, spread: None
) -> None:
    page = press(bob_client, raised(case, "extension_not_tolerated"))
    first, second = said(page)
    assert first.startswith("Extension is not tolerated for now: took")
    assert "Go on with Both knees to chest." in first
    assert second == "This is a draft. The patient has it when you issue it."
    assert page.redirect_chain[-1][0] == reverse("program", args=[program.pk])
    program.refresh_from_db()
    assert program.draft_open
    assert item(program, BACK) not in {str(row.pk) for row in program.items.active()}
    assert [i.item for i in program.prescriptions.get().prescription().items].count(
        item(program, BACK)
    ) == 1


def test_the_dose_is_eased_once_in_a_draft(
    bob_client: Client, alice_client: Client, case: Case, program: Program, report: Report
) -> None:
    for hours in (30, 1):
        report(FORWARD, {"pain": 4, "regions": ()}, {"pain": 8, "regions": ()}, hours)
    alert = raised(case, "ease_dose")
    assert said(press(bob_client, alert))[0].startswith("Eased the dose by one step in the draft:")
    doses = [row.dose().words for row in program.items.active()]
    assert doses == ["10 times, once a day"] * 3
    told = said(press(alice_client, alert))
    assert told[0].startswith("Bob Brown has acknowledged this: Eased the dose")
    assert [row.dose().words for row in program.items.active()] == doses
    assert program.prescriptions.count() == 1


def test_a_proposal_without_a_running_program_offers_no_draft(
    bob_client: Client, case: Case, program: Program, spread: None
) -> None:
    alert = raised(case, "extension_not_tolerated")
    Program.objects.update(ended_at=timezone.now(), draft_open=False)
    assert "Take it out in a draft" not in main_text(bob_client.get(reverse("inbox")))
    assert said(press(bob_client, alert)) == ["This case has no program that runs."]
    alert.refresh_from_db()
    assert alert.is_open


def test_a_proposal_that_no_longer_holds_is_not_carried_out(
    bob_client: Client, case: Case, program: Program, spread: None
) -> None:
    alert = raised(case, "extension_not_tolerated")
    Alert.objects.update(ended_at=timezone.now())
    page = bob_client.get(reverse("inbox"))
    assert "No longer holds since" in main_text(page)
    assert "Take it out in a draft" not in main_text(page)
    told = said(press(bob_client, alert))
    assert told == ["This does not hold any more. Acknowledge it with a note."]
    program.refresh_from_db()
    assert not program.draft_open


def test_only_what_one_press_carries_out_is_carried_out(
    bob_client: Client, case: Case, spread: None
) -> None:
    url = reverse("proposal_apply", args=[raised(case, "review_direction").pk])
    assert (bob_client.get(url).headers["Location"], bob_client.post(url).status_code) == (
        reverse("inbox"),
        404,
    )


def test_what_gets_in_the_way_becomes_a_note(bob_client: Client, bob: User, case: Case) -> None:
    alert = AlertFactory(case=case, kind="review", code="ask_barriers", urgency="routine")
    url = reverse("barriers_note", args=[alert.pk])
    assert errors(bob_client.post(url, {"note": "  "})) == [
        "Tick what gets in the way, or write it down."
    ]
    data = {"barriers": ["no_time", "pain"], "note": "Mornings, after the radio news."}
    assert said(bob_client.post(url, data, follow=True)) == ["Your note is in the record."]
    alert.refresh_from_db()
    assert alert.acknowledged_by == bob
    assert alert.note == (
        "In the way: No time, or forgets; It hurts during the exercises.\n"
        "Mornings, after the radio news."
    )


# --- Clearing and reinstating ---------------------------------------------------------------------


def test_a_paused_exercise_goes_on_with_a_note(
    bob_client: Client, bob: User, case: Case, program: Program, spread: None
) -> None:
    paused = item(program, BACK)
    assert responses.answer_for(case).answer["paused"] == [paused]
    url = reverse("exercise_reinstate", args=[case.pk, paused])
    assert url in bob_client.get(reverse("inbox")).content.decode()
    assert errors(bob_client.post(url, {"note": " "})) == [
        "Write what you did or decided. The note stays in the record."
    ]
    page = bob_client.post(url, {"note": NOTE}, follow=True)
    assert said(page)[0].startswith("The patient can go on with")
    kept = responses.answer_for(case)
    assert (kept.answer["paused"], answer_words(kept, case.practice)["title"]) == ([], "Carry on")
    mark = ResponseMark.objects.get()
    assert (mark.kind, mark.code, mark.by, mark.note) == ("reinstated", paused, bob, NOTE)
    assert not case.alerts.filter(acknowledged_at=None, ended_at=None).exists()
    again = bob_client.post(url, {"note": NOTE}, follow=True)
    assert said(again)[0].endswith("is not paused any more.")
    assert ResponseMark.objects.count() == 1


def test_weakness_holds_until_a_clinician_clears_it(
    bob_client: Client, bob: User, case: Case, report: Report
) -> None:
    report(FORWARD, {"pain": 4, "kinds": ("weakness",)}, {"pain": 4})
    assert is_stopped(case)
    url = reverse("sign_clear", args=[case.pk, "neurological_change"])
    page = bob_client.get(reverse("inbox"))
    assert url in page.content.decode()
    done = bob_client.post(url, {"note": NOTE}, follow=True)
    assert said(done) == ["Cleared. The patient’s page follows your word."]
    assert not is_stopped(case)
    assert answer_words(responses.answer_for(case), case.practice)["title"] == "Carry on"
    seen = case.alerts.filter(code__in=["neurological_change", "screen_red_flags"])
    assert {(a.acknowledged_by, a.note) for a in seen} == {(bob, NOTE)}
    again = bob_client.post(url, {"note": NOTE}, follow=True)
    assert said(again) == ["Nothing of this stands any more."]


def test_an_unknown_sign_and_an_unknown_exercise_are_not_there(
    bob_client: Client, case: Case, program: Program
) -> None:
    for name, last in (("sign_clear", "red_flag"), ("exercise_reinstate", "no-such")):
        assert bob_client.get(reverse(name, args=[case.pk, last])).status_code == 404


def test_somebody_from_elsewhere_does_none_of_it(
    case: Case, program: Program, spread: None, charlie: User
) -> None:
    alert = raised(case, "extension_not_tolerated")
    for act in (
        lambda: apply_proposal(alert=alert, actor=charlie, revision=1),
        lambda: clear_sign(case=case, actor=charlie, code="both_legs", note=NOTE),
        lambda: reinstate(case=case, actor=charlie, item=item(program, BACK), note=NOTE),
    ):
        with pytest.raises(PermissionDenied):
            act()
