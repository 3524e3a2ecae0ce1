"""The timeline of a case: who did what and why, in words, latest first."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.models import User
from patients.inbox.actions import acknowledge
from patients.models import Case
from patients.screening.actions import clear_red_flag
from programs.access.actions import add_helper, close_helper
from programs.access.models import PatientAccess
from programs.prescriptions.models import Override, OverrideRevocation, Program
from tests import factories
from tests.clock import NOW, TODAY, SetClock
from tests.patients.pages import texts
from tests.programs.builder.test_builder_page import url
from tests.programs.builder.test_builder_program import issue as issue_page

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def page_of(case: Case) -> str:
    return reverse("case_timeline", args=[case.pk])


def lines(client: Client, case: Case) -> list[str]:
    return texts(client.get(page_of(case)), "timeline__event")


def test_a_screen_is_one_line_and_each_yes_has_its_name(
    alice_client: Client, alice: User, stenosis: Case, clock: SetClock
) -> None:
    clock(NOW + DAY)
    factories.AnswerFactory(case=stenosis, code="glaucoma", answered_by=alice)
    factories.AnswerFactory(case=stenosis, code="vertigo", answer="no", answered_by=alice)
    clock(NOW + 2 * DAY)
    factories.AnswerFactory(case=stenosis, code="rf_foot_drop", answered_by=None)
    flag = stenosis.answers.order_by("-pk")[0]
    clock(NOW + 3 * DAY)
    clear_red_flag(answer=flag, actor=alice, note="Seen by Dr Hall today.")
    alice_client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    assert lines(alice_client, stenosis)[:3] == [
        "23 Nov 2026, 09:30 · Alice Archer Red flag cleared: Foot drop. Seen by Dr Hall today.",
        "22 Nov 2026, 09:30 · The patient Reported a warning sign. Foot drop: Yes",
        "21 Nov 2026, 09:30 · Alice Archer Safety screen: no to 1, yes to 1. "
        "Glaucoma or raised eye pressure: Yes",
    ]


def test_versions_name_what_changed_and_overrides_their_reason_and_end(
    alice_client: Client, alice: User, draft: Program
) -> None:
    item = factories.ProgramItemFactory(program=draft, slug="dead-bug")
    issue_page(alice_client, draft)
    alice_client.post(url(draft, "amend/"))
    factories.ProgramItemFactory(program=draft, slug="walking")
    issue_page(alice_client, draft)
    override = Override.objects.create(
        item=item, rules=[], reason="It is what helps her.", made_by=alice,
        made_on=TODAY, expires_on=TODAY + 28 * DAY,
    )  # fmt: skip
    OverrideRevocation.objects.create(override=override, revoked_by=alice)
    said = " | ".join(lines(alice_client, draft.case))
    first, second = (said.index(f"Issued version {number} of") for number in (1, 2))
    assert second < first, "the latest stands first, also of one moment"
    assert "Issued version 1 of “Home exercise program”." in said
    assert "Issued version 2 of “Home exercise program”. New: Walking" in said
    assert "Override until 18 Dec 2026: Dead bug. It is what helps her." in said
    assert "Override taken back: Dead bug." in said
    assert "Said that nothing has changed since the last screen (version 2)." in said


def test_who_helps_was_given_a_link_and_lost_it(
    alice_client: Client, alice: User, draft: Program
) -> None:
    issue_page(alice_client, draft)
    link = add_helper(case=draft.case, actor=alice, name="Dora", helper_is="daughter")
    close_helper(case=draft.case, actor=alice, access_id=link.pk)
    said = [line.partition(" · ")[2] for line in lines(alice_client, draft.case)]
    assert "Alice Archer Dora (daughter) was given a link of their own." in said
    assert "Alice Archer The link of Dora (daughter) was closed." in said


def test_an_alert_and_the_word_that_ended_it(
    alice_client: Client, bob: User, stenosis: Case
) -> None:
    alert = factories.AlertFactory(case=stenosis, code="worsening", urgency="soon")
    acknowledge(alert=alert, actor=bob, note="Rang her.")
    said = [line.partition(" · ")[2] for line in lines(alice_client, stenosis)]
    assert "Bob Brown Acknowledged: Worse than at the start. Rang her." in said
    assert "The rules Worse than at the start." in said


def test_a_link_that_was_sent_says_how_and_where_to(
    alice_client: Client, alice: User, stenosis: Case
) -> None:
    access = PatientAccess.objects.ensure(case=stenosis, by=alice)
    access.sendings.create(
        key=uuid4(), way="email", to="maria@example.org", text="Hello [link]", sent_by=alice
    )
    said = [line.partition(" · ")[2] for line in lines(alice_client, stenosis)]
    words = "The patient's link was sent: E-mail from here, to maria@example.org."
    assert f"Alice Archer {words}" in said


def test_a_stranger_finds_nothing(charlie_client: Client, stenosis: Case) -> None:
    assert charlie_client.get(page_of(stenosis)).status_code == 404


def test_the_queries_do_not_grow(
    alice_client: Client,
    alice: User,
    draft: Program,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    item = factories.ProgramItemFactory(program=draft, slug="dead-bug")
    for numbers in (range(1), range(1, 8)):
        for n in numbers:
            factories.AlertFactory(
                case=draft.case, code="worsening", urgency="soon", item=str(n), item_name="Dead bug"
            )
            Override.objects.create(
                item=item, rules=[], reason="Helps.", made_by=alice, made_on=TODAY, expires_on=TODAY
            )
        alice_client.get(page_of(draft.case))
        with django_assert_num_queries(22):
            alice_client.get(page_of(draft.case))
