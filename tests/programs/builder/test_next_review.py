"""The next review day is proposed for a new version, and says how it was found."""

from __future__ import annotations

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from clinic.models import User
from programs.builder import actions
from programs.builder.next_review import EarlierReview, next_review
from programs.prescriptions.models import Program
from tests import factories
from tests.clock import NOW, TODAY, SetClock
from tests.every_row import every
from tests.patients.pages import main_text

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1))


@every(
    ("earlier", "weeks", "day", "how"),
    [
        (
            [EarlierReview(2, dt.date(2026, 11, 2), dt.date(2026, 11, 19))],
            [6],
            dt.date(2026, 12, 7),
            "17 days from today, as version 2 had it (2 Nov 2026 to 19 Nov 2026)",
        ),
        (
            [EarlierReview(1, dt.date(2026, 10, 1), dt.date(2026, 10, 22))],
            [],
            dt.date(2026, 12, 11),
            "3 weeks from today, as version 1 had it (1 Oct 2026 to 22 Oct 2026)",
        ),
        (
            [],
            [6, 4],
            dt.date(2026, 12, 18),
            "4 weeks from today, when the first dose with an end has run its weeks",
        ),
        (
            [],
            [],
            dt.date(2026, 12, 4),
            "2 weeks from today, "
            "the earliest of your practice’s usual review weeks: common practice",
        ),
    ],
)
def test_the_interval_used_last_comes_first_then_the_doses_then_the_practice(
    earlier: list[EarlierReview], weeks: list[int], day: dt.date, how: str
) -> None:
    found = next_review(dt.date(2026, 11, 20), earlier, weeks, 2)
    assert (found.day, found.how) == (day, how)


@given(
    today=DAYS,
    earlier=st.lists(st.builds(EarlierReview, st.integers(1, 9), DAYS, DAYS), max_size=3),
    weeks=st.lists(st.integers(1, 52), max_size=3),
    usual=st.integers(1, 26),
)
def test_it_is_never_in_the_past_and_never_more_than_a_year_on(
    today: dt.date, earlier: list[EarlierReview], weeks: list[int], usual: int
) -> None:
    found = next_review(today, earlier, weeks, usual)
    assert today < found.day <= today + dt.timedelta(days=365)


@pytest.fixture
def reviewed(draft: Program, alice: User, alice_client: Client, clock: SetClock) -> Program:
    """Version 1 had its review after three weeks; that was yesterday."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    Program.objects.update(review_on=TODAY + dt.timedelta(weeks=3))
    draft.refresh_from_db()
    actions.issue(program=draft, actor=alice, issue_key=uuid4(), seen_revision=draft.revision)
    clock(NOW + dt.timedelta(days=22))
    alice_client.force_login(alice)
    draft.refresh_from_db()
    return draft


def test_amending_after_the_review_day_proposes_the_next(
    alice_client: Client, reviewed: Program
) -> None:
    """12 Dec 2026 is today."""
    alice_client.post(reverse("program_amend", args=[reviewed.pk]))
    reviewed.refresh_from_db()
    assert reviewed.review_on == dt.date(2027, 1, 2)
    page = alice_client.get(reverse("program", args=[reviewed.pk]))
    how = "3 weeks from today, as version 1 had it (20 Nov 2026 to 11 Dec 2026)."
    assert f"Proposed: 2 Jan 2027, {how}" in main_text(page)
    field = re.search(r'<input type="date" name="review_on"[^>]*>', page.content.decode())
    assert field is not None
    assert 'value="2027-01-02"' in field.group()
    issue = main_text(alice_client.get(reverse("program_issue", args=[reviewed.pk])))
    assert f"Next review: 2 Jan 2027. Proposed: 2 Jan 2027, {how}" in issue
    assert "The review day has passed." not in issue


def test_a_review_day_to_come_stays(alice: User, reviewed: Program) -> None:
    Program.objects.update(review_on=dt.date(2026, 12, 20))
    actions.amend(program=reviewed, actor=alice)
    reviewed.refresh_from_db()
    assert reviewed.review_on == dt.date(2026, 12, 20)


def test_where_none_was_set_the_form_offers_one_and_nothing_is_written(
    alice_client: Client, alice: User, reviewed: Program
) -> None:
    Program.objects.update(review_on=None)
    actions.amend(program=reviewed, actor=alice)
    page = alice_client.get(reverse("program", args=[reviewed.pk]))
    assert page.context["details_form"]["review_on"].value() == dt.date(2027, 1, 2)
    reviewed.refresh_from_db()
    assert reviewed.review_on is None


def test_a_first_version_is_offered_a_day_and_goes_out_without_what_nobody_set(
    alice_client: Client, alice: User, draft: Program
) -> None:
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    how = "2 weeks from today, the earliest of your practice’s usual review weeks: common practice"
    page = alice_client.get(reverse("program", args=[draft.pk]))
    assert f"Proposed: 4 Dec 2026, {how}." in main_text(page)
    assert page.context["details_form"]["review_on"].value() == dt.date(2026, 12, 4)
    check = main_text(alice_client.get(reverse("program_issue", args=[draft.pk])))
    assert f"no review will come up as due. Proposed: 4 Dec 2026, {how}. Set a review day" in check
    actions.issue(program=draft, actor=alice, issue_key=uuid4(), seen_revision=draft.revision)
    draft.refresh_from_db()
    assert draft.review_on is None


def test_the_check_says_that_no_review_comes_up_and_leads_to_the_open_field(
    alice_client: Client, draft: Program
) -> None:
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    check = reverse("program_issue", args=[draft.pk])
    page = alice_client.get(check).content.decode()
    (link,) = re.findall(r'href="([^"]+)">Set a review day<', page)
    folds = [
        re.findall(r'<details class="panel builder-fold" id="details"( open)?>', opened)
        for opened in (
            alice_client.get(address).content.decode() for address in (link, link.split("?")[0])
        )
    ]
    assert folds == [[" open"], [""]]
    Program.objects.update(review_on=dt.date(2026, 12, 20))
    assert "Set a review day" not in alice_client.get(check).content.decode()
