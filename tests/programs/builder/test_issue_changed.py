"""A new version needs a word on what has changed since the last one."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from clinic.models import AuditEntry, User
from programs.builder import actions
from programs.builder.actions import Refused
from programs.prescriptions.models import Program
from programs.prescriptions.screen_models import ScreenReview
from tests import factories
from tests.programs.builder.test_builder_page import text, url
from tests.programs.builder.test_issue_screened import answer, issue, left, page_form

SINCE = "Has anything changed since the last screen?"


@pytest.fixture
def amended(draft: Program, alice: User) -> Program:
    """Version 1 is out; a draft of version 2 is open."""
    factories.ProgramItemFactory(program=draft, slug="core-breathing")
    answer(draft.case, alice, glaucoma="unknown", rf_weight_loss="no")
    answer(draft.case, alice, glaucoma="no")
    issue(draft, alice)
    actions.amend(program=draft, actor=alice)
    return Program.objects.get(pk=draft.pk)


def test_the_first_version_is_not_asked_about_changes(draft: Program, alice_client: Client) -> None:
    factories.ProgramItemFactory(program=draft, slug="core-breathing")
    assert SINCE not in text(alice_client.get(url(draft, "issue/")))


def test_a_new_version_needs_a_word_on_what_changed_since(
    amended: Program, alice: User, bob: User, bob_client: Client
) -> None:
    assert left(amended, alice) == ["Say whether anything has changed since the last screen."]
    page = bob_client.get(url(amended, "issue/"))
    assert f"{SINCE} The last answer was given 20 Nov 2026, 09:30 by Alice Archer." in text(page)
    again = bob_client.post(url(amended, "issue/"), page_form(bob_client, amended))
    assert (again.status_code, "Choose one." in text(again)) == (422, True)

    sent = page_form(bob_client, amended, since="unchanged")
    for _ in range(2):
        bob_client.post(url(amended, "issue/"), sent)
    assert amended.prescriptions.count() == 2
    review = ScreenReview.objects.get()
    assert (review.version, review.changed, review.made_by, review.screened_by) == (
        2, False, bob, alice,
    )  # fmt: skip
    assert (
        "Bob Brown said that nothing had changed since the safety screen of 20 Nov 2026, 09:30 "
        "(Alice Archer)."
    ) in text(bob_client.get(url(amended, "versions/")))
    with pytest.raises(DatabaseError), transaction.atomic():
        ScreenReview.objects.update(changed=True)


def test_something_changed_leads_to_the_screen_and_is_kept(
    amended: Program, bob: User, bob_client: Client
) -> None:
    sent = page_form(bob_client, amended, since="changed")
    for _ in range(2):
        done = bob_client.post(url(amended, "issue/"), sent)
    screen = f"/cases/{amended.case_id}/safety-screen/?next=%2Fprograms%2F{amended.pk}%2Fissue%2F"
    assert (done.status_code, done["Location"]) == (302, screen)
    review = ScreenReview.objects.get()
    assert (review.version, review.changed, review.made_by) == (2, True, bob)
    assert AuditEntry.objects.filter(action="program.screen_changed").count() == 1
    assert amended.prescriptions.count() == 1
    assert amended.draft_open
    answer(amended.case, bob, glaucoma="yes")
    page = bob_client.get(url(amended, "issue/"))
    assert "09:30 by Bob Brown. Since then:" in text(page)
    # After another answer it is said of another screen.
    bob_client.post(url(amended, "issue/"), page_form(bob_client, amended, since="changed"))
    assert ScreenReview.objects.count() == 2


def test_only_a_new_version_can_say_that_something_changed(draft: Program, alice: User) -> None:
    with pytest.raises(Refused):
        actions.say_changed(program=draft, actor=alice)


def test_something_changed_can_be_said_while_something_else_stands_in_the_way(
    amended: Program, bob: User, bob_client: Client
) -> None:
    """A program that cannot go out yet can still be taken back to the screen."""
    factories.ProgramItemFactory(program=amended, slug="standing-back-extension")
    page = bob_client.get(url(amended, "issue/"))
    assert "not for this patient. Remove it, or override with a reason." in text(page)
    assert "Something has changed: open the safety screen" in text(page)
    assert 'name="since" value="changed"\n        formnovalidate' in page.content.decode()
    done = bob_client.post(url(amended, "issue/"), {"since": "changed"})
    assert done["Location"].startswith(f"/cases/{amended.case_id}/safety-screen/")
    assert ScreenReview.objects.get().made_by == bob
