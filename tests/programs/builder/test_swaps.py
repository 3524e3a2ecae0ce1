"""One exercise in place of another, and cautions accepted for several at once."""

from __future__ import annotations

import re

from django.test import Client

from clinic.models import AuditEntry
from programs.prescriptions.models import Program
from tests import factories
from tests.programs.builder.test_builder_items import HTMX, item_url
from tests.programs.builder.test_builder_page import text, url
from tests.programs.conftest import exercise_id, only_item, slugs


def offered(html: str) -> dict[str, str]:
    """Value of each proposal → its words."""
    form = html.split('class="swaps"')[1].split("</form>")[0]
    return dict(re.findall(r'name="to"\s+value="([^"]+)">([^<]+)<', form))


def test_proposals_say_why_and_leave_out_what_is_not_for_the_patient(
    draft: Program, alice_client: Client
) -> None:
    """For the small curl-up, under osteoporosis: nothing that takes an override is proposed."""
    factories.AnswerFactory(case=draft.case, code="osteoporosis", answer="yes")
    item = factories.ProgramItemFactory(program=draft, slug="curl-up")
    for extra in ({}, HTMX):
        page = alice_client.get(item_url(item, "swap/"), **extra)
        found = offered(page.content.decode())
        assert f"{exercise_id('dead-bug')}:" in found
        assert "Easier" in text(page)
        assert "Suits this patient better" in text(page)
        assert f"{exercise_id('curl-up')}:" not in found


def test_a_swap_keeps_place_and_how_often_and_can_be_undone(
    draft: Program, alice_client: Client
) -> None:
    often = {"times_per_day": [2, 2], "days_per_week": [5, 5]}
    item = factories.ProgramItemFactory(
        program=draft, slug="curl-up", dosage={"reps": [5, 5], **often}
    )
    to = f"{exercise_id('hook-lying-march')}:"
    response = alice_client.post(item_url(item, "swap/"), {"to": to}, follow=True)
    assert "Swapped: Small curl-up is out." in text(response)
    new = only_item(draft)
    assert (new.exercise.slug, new.position) == ("hook-lying-march", item.position)
    assert new.dosage["times_per_day"] == [2, 2]
    alice_client.post(item_url(item, "restore/"))
    assert sorted(slugs(draft)) == ["curl-up", "hook-lying-march"]


def test_what_cannot_be_swapped_in_is_told(draft: Program, alice_client: Client) -> None:
    factories.AnswerFactory(case=draft.case, code="osteoporosis", answer="yes")
    item = factories.ProgramItemFactory(program=draft, slug="dead-bug")
    for to, words in (
        ("0:", "This exercise is not in the catalogue any more."),
        (f"{exercise_id('curl-up')}:", "This is not for this patient."),
        (f"{exercise_id('dead-bug')}:", "This exercise is already in the program"),
    ):
        answer = alice_client.post(item_url(item, "swap/"), {"to": to}, follow=True)
        assert words in text(answer)
        assert slugs(draft) == ["dead-bug"]


def keys(html: str) -> list[str]:
    form = html.split("/accept/", 2)[2].split("</form>")[0]
    return re.findall(r'name="key" value="([^"]+)"', form)


def test_a_caution_of_several_exercises_is_accepted_at_once_and_each_is_on_record(
    draft: Program, alice_client: Client
) -> None:
    """Getting down to the floor is a moment to fall, whichever exercise it is for."""
    factories.AnswerFactory(case=draft.case, code="falls_risk", answer="yes")
    items = [
        factories.ProgramItemFactory(program=draft, slug=slug)
        for slug in ("double-knee-to-chest", "posterior-pelvic-tilt")
    ]
    page = alice_client.get(url(draft))
    assert "Accept for all 2" in text(page)
    response = alice_client.post(
        url(draft, "accept/"), {"key": keys(page.content.decode())}, follow=True
    )
    assert "Accepted for 2 exercises." in text(response)
    assert "Accept for all" not in text(response)
    for item in items:
        item.refresh_from_db()
        assert [key.split("@")[0] for key in item.acknowledged] == ["P-30b"]
    assert AuditEntry.objects.filter(action="program.item.accept").count() == 2


def test_old_decisions_are_not_accepted(draft: Program, alice_client: Client) -> None:
    item = factories.ProgramItemFactory(program=draft, slug="dead-bug")
    for sent in ([], ["x"], [f"{item.pk}=P-30b@1:caution:old"]):
        answer = alice_client.post(url(draft, "accept/"), {"key": sent}, follow=True)
        assert "The rules say something else now." in text(answer)


def test_a_stranger_neither_swaps_nor_accepts(draft: Program, charlie_client: Client) -> None:
    item = factories.ProgramItemFactory(program=draft, slug="dead-bug")
    assert charlie_client.get(item_url(item, "swap/")).status_code == 404
    assert charlie_client.post(item_url(item, "swap/"), {"to": "1:"}).status_code == 404
    assert charlie_client.post(url(draft, "accept/"), {"key": "x"}).status_code == 404
