"""Adding against the rules, accepting, and doses opened on the builder's page."""

import datetime as dt

from django.test import Client

from programs.prescriptions.models import Override, Program, ProgramItem
from tests import factories
from tests.clock import TODAY
from tests.programs.builder.test_builder_items import HTMX, dose, item_url
from tests.programs.builder.test_builder_page import text, url
from tests.programs.conftest import exercise_id, only_item
from tests.undone import undone

GOOD_OVERRIDE = {
    "reason": "Tested in the clinic, no symptoms.",
    "expires_on": (TODAY + dt.timedelta(days=14)).isoformat(),
}


def test_adding_against_the_rules(draft: Program, alice_client: Client) -> None:
    pk = exercise_id("oblique-standing-stretch")
    address = url(draft, f"add/{pk}/")
    page = text(alice_client.get(f"{address}?side=left"))
    assert "Prescribe all the same?" in page
    assert "Rule R01" in page
    assert "Not yet reviewed by a registered physiotherapist" in page
    response = alice_client.post(address, {"side": "left", **GOOD_OVERRIDE}, follow=True)
    assert "added with an override." in text(response)
    assert "Override by Alice Archer, until" in text(response)


BAD_OVERRIDES = [
    ({"reason": ""}, "Write down the reason."),
    ({"reason": "short"}, "Write at least 10 characters."),
    ({"reason": "x" * 2001}, "Use 2000 characters or fewer. This has 2001."),
    ({"expires_on": ""}, "Choose the last day."),
    ({"expires_on": "soon"}, "This is not a date."),
    ({"expires_on": TODAY.isoformat()}, "Choose a day after today."),
    ({"expires_on": "2199-01-01"}, "Choose a day within a year from today."),
]


def test_an_override_with_bad_input(draft: Program, alice_client: Client) -> None:
    slug = "oblique-standing-stretch"
    item = factories.ProgramItemFactory(program=draft, slug=slug, side="left")
    adding, changing = url(draft, f"add/{exercise_id(slug)}/"), item_url(item, "override/")
    wrong = []
    for change, words in BAD_OVERRIDES:
        data = {"side": "left", **GOOD_OVERRIDE, **change}
        for address in (adding, changing):
            with undone():
                if address == adding:
                    draft.items.all().delete()
                response = alice_client.post(address, data)
                written = Override.objects.exists()
            seen = text(response)
            kept = "reason" in change or address == changing or GOOD_OVERRIDE["reason"] in seen
            if response.status_code != 422 or written or words not in seen or not kept:
                wrong.append((str(change)[:60], address, response.status_code, written, kept))
    assert not wrong, str(wrong)


def test_against_what_is_not_there(draft: Program, alice_client: Client) -> None:
    for address in ("add/0/?side=left", "add/1/?side=up"):
        assert alice_client.get(url(draft, address)).status_code == 404, address


def test_accepting_on_the_page(draft: Program, alice_client: Client) -> None:
    factories.AnswerFactory(case=draft.case, code="falls_risk", answer="yes")
    item = factories.ProgramItemFactory(
        program=draft, slug="oblique-standing-stretch", side="right"
    )
    html = alice_client.get(url(draft)).content.decode()
    key = html.split('name="key" value="')[1].split('"')[0]
    assert "Accept with this change" in html
    data = {"key": key, "modification": ""}
    response = alice_client.post(item_url(item, "accept/"), data)
    assert response.status_code == 422
    assert "Say how the exercise is changed. It is printed." in text(response)
    data["modification"] = "Hold a chair."
    response = alice_client.post(item_url(item, "accept/"), data, follow=True)
    assert "Changed: Hold a chair." in text(response)
    assert "Accepted by Alice Archer" in text(response)
    response = alice_client.post(item_url(item, "accept/"), {"key": "x", **data}, follow=True)
    assert response.status_code == 200


def test_an_override_can_be_taken_back_on_the_page(draft: Program, alice_client: Client) -> None:
    pk = exercise_id("oblique-standing-stretch")
    alice_client.post(url(draft, f"add/{pk}/"), {"side": "left", **GOOD_OVERRIDE})
    item = only_item(draft)
    alice_client.post(item_url(item, "revoke/"))
    assert "1 thing to do before issuing" in text(alice_client.get(url(draft)))
    again = alice_client.post(item_url(item, "revoke/"), follow=True)
    assert "There is no override to take back." in text(again)


def test_opening_and_closing_the_dose(item: ProgramItem, alice_client: Client) -> None:
    opened = alice_client.get(item_url(item, "?edit=1"), **HTMX).content.decode()
    assert f'id="item-{item.pk}-reps_low"' in opened
    assert 'hx-swap-oob="true"' in opened
    closed = alice_client.get(item_url(item), **HTMX).content.decode()
    assert f'id="item-{item.pk}-reps_low"' not in closed
    page = alice_client.get(item_url(item, "?edit=1")).content.decode()
    assert f'id="item-{item.pk}-reps_low"' in page


def test_a_missing_dose_is_marked_at_its_field(draft: Program, alice_client: Client) -> None:
    factories.ProgramItemFactory(
        program=draft,
        slug="posterior-pelvic-tilt",
        dosage={"hold_s": [5, 5], "therapist_sets": ["reps"]},
    )
    page = text(alice_client.get(url(draft)))
    assert "Say before you issue: repetitions." in page
    item = only_item(draft)
    fields = text(alice_client.get(item_url(item, "?edit=1")))
    assert "Repetitions – Set this before you issue." in fields


def test_an_issued_program_takes_no_changes(item: ProgramItem, alice_client: Client) -> None:
    Program.objects.filter(pk=item.program_id).update(draft_open=False)
    response = alice_client.post(item_url(item, "remove/"), **HTMX)
    assert response["HX-Redirect"] == url(item.program)
    alice_client.post(item_url(item), dose(item, note="late"))
    item.refresh_from_db()
    assert (item.removed_at, item.note) == (None, "")
