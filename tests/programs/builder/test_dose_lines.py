"""Doses typed as a line: one exercise's, and one for all."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from programs.builder.actions import fingerprint
from programs.prescriptions.models import Program, ProgramItem
from tests import factories
from tests.programs.builder.test_builder_items import HTMX, item_url
from tests.programs.builder.test_builder_page import text, url


@pytest.fixture
def item(draft: Program) -> ProgramItem:
    """Dead bug, ten times, once a day."""
    return factories.ProgramItemFactory(program=draft, slug="dead-bug")


def line(item: ProgramItem, words: str, **more: str) -> dict[str, str]:
    return {"line": words, "seen": fingerprint(item), **more}


def dosage(item: ProgramItem) -> dict[str, object]:
    item.refresh_from_db()
    return item.dosage


def test_the_page_shows_each_dose_as_a_line_and_in_words(
    item: ProgramItem, alice_client: Client
) -> None:
    page = alice_client.get(url(item.program))
    assert 'name="line" value="10x, 1/day"' in page.content.decode()
    assert "10 times, once a day" in text(page)


def test_a_typed_line_is_saved_and_said_as_it_was_understood(
    item: ProgramItem, alice_client: Client
) -> None:
    data = line(item, "3 × 8-10, hold 5 s, 2/day")
    response = alice_client.post(item_url(item, "line/"), data, follow=True)
    assert response.redirect_chain == [(url(item.program, f"#item-{item.pk}"), 302)]
    assert "3 sets of 8 to 10, hold 5 seconds each, 2 times a day" in text(response)
    assert dosage(item) == {
        "sets": [3, 3],
        "reps": [8, 10],
        "hold_s": [5, 5],
        "times_per_day": [2, 2],
    }


def test_with_htmx_only_the_card_comes_back_and_the_focus_stays(
    item: ProgramItem, alice_client: Client
) -> None:
    response = alice_client.post(item_url(item, "line/"), line(item, "2x8, daily"), **HTMX)
    assert f'id="item-{item.pk}"' in response.content.decode()
    events = json.loads(response["HX-Trigger-After-Settle"])
    assert events == {"builder:say": {"text": "Saved: 2 sets of 8, once a day, every day."}}


def test_a_line_that_is_no_dose_is_told_and_kept(item: ProgramItem, alice_client: Client) -> None:
    for extra, status in (({}, 422), (HTMX, 200)):
        data = line(item, "3x10 <slowly>")
        response = alice_client.post(item_url(item, "line/"), data, **extra)
        assert response.status_code == status
        html = response.content.decode()
        assert "“&lt;slowly&gt;” is not understood." in html
        assert 'value="3x10 &lt;slowly&gt;"' in html
    assert dosage(item) == {"reps": [10, 10], "times_per_day": [1, 1]}


def test_a_button_says_how_often_beside_what_is_typed(draft: Program, alice_client: Client) -> None:
    item = factories.ProgramItemFactory(program=draft, slug="dead-bug", dosage={"reps": [10, 10]})
    assert "Every other day" in text(alice_client.get(url(draft)))
    data = line(item, "2x8", often="2/day, every day")
    alice_client.post(item_url(item, "line/"), data)
    assert dosage(item) == {
        "sets": [2, 2],
        "reps": [8, 8],
        "times_per_day": [2, 2],
        "days_per_week": [7, 7],
    }


def test_the_second_of_two_is_told_and_loses_nothing(
    item: ProgramItem, alice_client: Client, bob_client: Client
) -> None:
    mine = line(item, "2x8")
    bob_client.post(item_url(item, "line/"), line(item, "3x12"))
    answer = alice_client.post(item_url(item, "line/"), mine)
    assert answer.status_code == 422
    assert "Bob Brown changed this" in text(answer)
    assert "Theirs: 3 sets of 12" in text(answer)
    assert 'value="2x8"' in answer.content.decode()
    assert dosage(item) == {"sets": [3, 3], "reps": [12, 12]}


def test_how_often_for_all_leaves_tips_and_amounts_alone(
    item: ProgramItem, alice_client: Client
) -> None:
    walk = factories.ProgramItemFactory(
        program=item.program, slug="walking", dosage={"duration_s": [600, 600]}
    )
    tip = factories.ProgramItemFactory(program=item.program, slug="sit-tall", dosage={})
    data = {"line": "2/day, 5 days/wk, 6 wk"}
    response = alice_client.post(url(item.program, "doses/"), data, follow=True)
    assert "2 doses changed." in text(response)
    often = {"times_per_day": [2, 2], "days_per_week": [5, 5], "weeks": [6, 6]}
    assert dosage(item) == {"reps": [10, 10], **often}
    assert dosage(walk) == {"duration_s": [600, 600], **often}
    assert dosage(tip) == {}


def test_one_amount_fills_the_doses_that_the_source_leaves_open(
    item: ProgramItem, alice_client: Client
) -> None:
    left_open = factories.ProgramItemFactory(
        program=item.program,
        slug="posterior-pelvic-tilt",
        dosage={"hold_s": [5, 5], "therapist_sets": ["reps"]},
    )
    page = text(alice_client.get(url(item.program)))
    assert "1 exercise has no dose from the source." in page
    alice_client.post(url(item.program, "doses/"), {"line": "2x10, daily"}, **HTMX)
    often = {"times_per_day": [1, 1], "days_per_week": [7, 7]}
    assert dosage(item) == {"reps": [10, 10], **often}
    assert dosage(left_open) == {
        "sets": [2, 2],
        "reps": [10, 10],
        "hold_s": [5, 5],
        "therapist_sets": ["reps"],
        **often,
    }


def test_for_all_says_what_it_does_not_understand(item: ProgramItem, alice_client: Client) -> None:
    for typed, words in (
        ("", "Write how often, such as “2/day, 5 days/wk, 6 wk”."),
        ("soon", "“soon” is not understood."),
    ):
        for extra, status in (({}, 422), (HTMX, 200)):
            response = alice_client.post(url(item.program, "doses/"), {"line": typed}, **extra)
            assert response.status_code == status, typed
            assert words in text(response)
        assert dosage(item) == {"reps": [10, 10], "times_per_day": [1, 1]}


def test_a_stranger_finds_neither(item: ProgramItem, charlie_client: Client) -> None:
    assert charlie_client.post(item_url(item, "line/"), line(item, "2x8")).status_code == 404
    assert charlie_client.post(url(item.program, "doses/"), {"line": "daily"}).status_code == 404


def test_what_was_removed_folds_into_one_line(item: ProgramItem, alice_client: Client) -> None:
    walk = factories.ProgramItemFactory(program=item.program, slug="walking")
    for gone in (item, walk):
        alice_client.post(item_url(gone, "remove/"))
    page = alice_client.get(url(item.program))
    assert "Walking removed. Put back Walking 1 more removed Dead bug removed." in text(page)
    alice_client.post(item_url(walk, "restore/"))
    assert "more removed" not in text(alice_client.get(url(item.program)))
