"""Working on the exercises: plain posts, htmx, bad input, two people at once."""

import json

from django.test import Client

from programs.builder.actions import fingerprint
from programs.prescriptions.models import Program, ProgramItem
from tests import factories
from tests.programs.builder.test_builder_page import text, url
from tests.programs.conftest import exercise_id, slugs
from tests.undone import undone

HTMX = {"HTTP_HX_REQUEST": "true"}


def item_url(item: ProgramItem, rest: str = "") -> str:
    return f"/programs/{item.program_id}/items/{item.pk}/{rest}"


def dose(item: ProgramItem, **change: str) -> dict[str, str]:
    return {
        "reps_low": "10",
        "times_per_day_low": "1",
        "duration_unit": "s",
        "note": "",
        "seen": fingerprint(item),
        **change,
    }


def test_adding_by_a_plain_post_comes_back_to_the_same_search(
    draft: Program, alice_client: Client
) -> None:
    pk = exercise_id("dead-bug")
    data = {"add": f"{pk}:", "back": "q=dead&purpose=strengthen&evil=1"}
    response = alice_client.post(url(draft, "add/"), data, follow=True)
    assert response.redirect_chain == [(url(draft, f"?q=dead&purpose=strengthen#result-{pk}"), 302)]
    assert "Dead bug added." in text(response)
    assert "✓ In the program" in text(response)
    assert slugs(draft) == ["dead-bug"]


def test_adding_with_htmx_changes_the_right_half_and_the_result(
    draft: Program, alice_client: Client
) -> None:
    pk = exercise_id("dead-bug")
    response = alice_client.post(
        url(draft, "add/"), {"add": f"{pk}:"}, HTTP_HX_TARGET="program", **HTMX
    )
    html = response.content.decode()
    assert html.lstrip().startswith('<section id="program"')
    assert f'id="result-{pk}"' in html
    events = json.loads(response["HX-Trigger-After-Settle"])
    assert events == {"builder:say": {"text": "Dead bug added."}}
    assert "HX-Retarget" not in response


def test_what_cannot_be_added_is_told(draft: Program, alice_client: Client) -> None:
    words = "This exercise is not in the catalogue any more."
    wrong = []
    for data in ({"add": "x"}, {"add": "99999999999999999999:"}, {"add": "0:sideways"}, {}):
        with undone():
            if words not in text(alice_client.post(url(draft, "add/"), data, follow=True)):
                wrong.append((data, "on the page"))
            if words not in text(alice_client.post(url(draft, "add/"), data, **HTMX)):
                wrong.append((data, "by htmx"))
    assert not wrong, str(wrong)


def test_a_dose_is_saved(item: ProgramItem, alice_client: Client) -> None:
    data = dose(
        item, sets_low="2", sets_high="3", duration_s_low="5", duration_unit="min", note="Slowly."
    )
    response = alice_client.post(item_url(item), data, follow=True)
    assert response.redirect_chain == [(url(item.program, f"#item-{item.pk}"), 302)]
    item.refresh_from_db()
    assert item.dosage == {
        "sets": [2, 3],
        "reps": [10, 10],
        "duration_s": [300, 300],
        "times_per_day": [1, 1],
    }
    assert item.note == "Slowly."


BAD_DOSES = [
    ({"reps_low": "ten"}, "reps_low", "Write a whole number."),
    ({"reps_low": "1.5"}, "reps_low", "Write a whole number."),
    ({"reps_low": "0"}, "reps_low", "From 1 to 100."),
    ({"reps_low": "101"}, "reps_low", "From 1 to 100."),
    ({"reps_low": "-3"}, "reps_low", "From 1 to 100."),
    ({"reps_low": "9" * 5000}, "reps_low", "Write a whole number."),
    ({"reps_low": "", "reps_high": "5"}, "reps_low", "Fill in the first number too."),
    ({"reps_low": "8", "reps_high": "5"}, "reps_high", "The second number must not be smaller."),
    ({"reps_low": "8", "reps_high": "500"}, "reps_high", "From 1 to 100."),
    ({"duration_s_low": "2"}, "duration_s_low", "From 5 to 7200."),
    ({"duration_s_low": "121", "duration_unit": "min"}, "duration_s_low", "From 1 to 120."),
    ({"days_per_week_low": "8"}, "days_per_week_low", "From 1 to 7."),
    ({"weeks_low": "53"}, "weeks_low", "From 1 to 52."),
    (
        {"note": "x" * 2001},
        "note",
        "Use 2000 characters or fewer. This has 2001.",
    ),
    ({"note": "a\n" * 61}, "note", "Use 60 lines or fewer. This has 61."),
]


def test_a_bad_number_is_told_at_its_field(item: ProgramItem, alice_client: Client) -> None:
    wrong = []
    for change, field, words in BAD_DOSES:
        data = dose(item, **{"note": "Keep this.", **change})
        for extra, status in (({}, 422), (HTMX, 200)):
            with undone():
                response = alice_client.post(item_url(item), data, **extra)
                item.refresh_from_db()
            form, _, _ = response.content.decode().partition('class="dose"')[2].partition("</form>")
            focus = json.loads(response.headers.get("HX-Trigger-After-Settle", "{}"))
            seen = {
                "is answered": response.status_code == status,
                "is told at the dose": words in form,
                "keeps the note": "note" in change or "Keep this." in form,
                "leads to the field": not extra
                or focus.get("builder:focus") == {"id": f"item-{item.pk}-{field}"},
                "changes nothing": item.dosage == {"reps": [10, 10], "times_per_day": [1, 1]},
            }
            said = f"{str(change)[:60]} by {'htmx' if extra else 'a plain post'}"
            wrong += [f"{said} not: {promise}" for promise, kept in seen.items() if not kept]
    assert not wrong, "\n".join(wrong)


def test_a_null_character_and_every_script_in_a_note(
    item: ProgramItem, alice_client: Client
) -> None:
    assert alice_client.post(item_url(item), dose(item, note="a\x00b")).status_code == 422
    note = "<b>“שלום”</b> & 🙂 " + "x" * 1900
    assert alice_client.post(item_url(item), dose(item, note=note)).status_code == 302
    item.refresh_from_db()
    assert item.note == note
    page = alice_client.get(url(item.program)).content.decode()
    assert "&lt;b&gt;“שלום”&lt;/b&gt; &amp; 🙂" in page


def test_a_source_s_dose_by_button_keeps_the_note(item: ProgramItem, alice_client: Client) -> None:
    data = dose(item, note="Typed.", preset="0", reps_low="nonsense")
    alice_client.post(item_url(item), data)
    item.refresh_from_db()
    assert (item.preset, item.note) == ("10 slow repeats", "Typed.")
    for number in ("99", "-1", "x" * 50):
        response = alice_client.post(
            item_url(item), dose(item, preset=number, reps_low="7"), follow=True
        )
        assert response.status_code in (200, 422)


def test_a_source_s_dose_by_button_keeps_the_side_as_chosen(
    draft: Program, alice_client: Client
) -> None:
    item = factories.ProgramItemFactory(program=draft, slug="wall-calf-stretch", side="left")
    data = dose(item, note="Typed.", preset="0", side="right")
    alice_client.post(item_url(item), data)
    item.refresh_from_db()
    assert (item.side, item.note) == ("right", "Typed.")
    assert item.preset


def test_a_side_that_cannot_be_keeps_the_source_s_dose_out_too(
    draft: Program, alice_client: Client
) -> None:
    """The other side of a foraminal stenosis is not for the patient: nothing is taken over."""
    item = factories.ProgramItemFactory(
        program=draft, slug="oblique-standing-stretch", side="right"
    )
    before = (item.dosage, item.preset)
    for side, words in (
        ("left", "That side is not for this patient."),
        ("middle", "Select a valid choice."),
    ):
        answer = alice_client.post(item_url(item), dose(item, preset="0", side=side))
        assert answer.status_code == 422
        assert words in text(answer)
    item.refresh_from_db()
    assert (item.side, item.dosage, item.preset) == ("right", *before)


def test_the_second_of_two_people_is_told_and_loses_nothing(
    item: ProgramItem, alice_client: Client, bob_client: Client
) -> None:
    page = {"alice": dose(item, note="From Alice.", reps_low="8")}
    page["bob"] = dose(item, note="From Bob.", reps_low="12")
    alice_client.post(item_url(item), page["alice"])
    response = bob_client.post(item_url(item), page["bob"])
    told = text(response)
    assert "Alice Archer changed this at" in told
    assert "What you typed is still here." in told
    assert "Theirs: 8 times, once a day. From Alice." in told
    form = response.content.decode().split('class="dose"')[1].split("</form>")[0]
    assert "From Bob." in form
    assert 'value="12"' in form
    seen = form.split('name="seen" value="')[1].split('"')[0]
    bob_client.post(item_url(item), {**page["bob"], "seen": seen})
    item.refresh_from_db()
    assert (item.note, item.dosage["reps"]) == ("From Bob.", [12, 12])


def test_changes_of_different_exercises_do_not_meet(
    item: ProgramItem, alice_client: Client, bob_client: Client
) -> None:
    other = factories.ProgramItemFactory(program=item.program, slug="walking")
    mine, theirs = dose(item, note="A"), dose(other, note="B")
    assert alice_client.post(item_url(item), mine).status_code == 302
    assert bob_client.post(item_url(other), theirs).status_code == 302
    assert set(item.program.items.values_list("note", flat=True)) == {"A", "B"}


def test_saving_what_somebody_removed_is_told(
    item: ProgramItem, alice_client: Client, bob_client: Client
) -> None:
    data = dose(item, note="B")
    alice_client.post(item_url(item, "remove/"))
    assert "This exercise has been removed" in text(
        bob_client.post(item_url(item), data, follow=True)
    )


def test_remove_and_put_back(item: ProgramItem, alice_client: Client) -> None:
    response = alice_client.post(item_url(item, "remove/"), follow=True)
    assert "Dead bug removed" in text(response)
    assert f'id="undo-{item.pk}"' in response.content.decode()
    response = alice_client.post(item_url(item, "restore/"), **HTMX)
    assert json.loads(response["HX-Trigger-After-Settle"])["builder:focus"] == {
        "id": f"remove-{item.pk}"
    }
    assert slugs(item.program) == ["dead-bug"]


def test_moving_by_button(draft: Program, alice_client: Client) -> None:
    for slug in ("dead-bug", "core-breathing"):
        factories.ProgramItemFactory(program=draft, slug=slug)
    last = draft.items.get(exercise__slug="core-breathing")
    response = alice_client.post(item_url(last, "move/"), {"to": "up"}, **HTMX)
    events = json.loads(response["HX-Trigger-After-Settle"])
    assert events == {
        "builder:focus": {"id": f"up-{last.pk}"},
        "builder:say": {"text": "Moved up."},
    }
    assert slugs(draft) == ["core-breathing", "dead-bug"]
    response = alice_client.post(item_url(last, "move/"), {"to": "up"}, **HTMX)
    said = json.loads(response["HX-Trigger-After-Settle"])["builder:say"]
    assert said == {"text": "It is first already."}


def test_the_order_after_dragging(draft: Program, alice_client: Client) -> None:
    for slug in ("dead-bug", "core-breathing"):
        factories.ProgramItemFactory(program=draft, slug=slug)
    ids = [str(pk) for pk in draft.items.order_by("-position").values_list("pk", flat=True)]
    alice_client.post(url(draft, "reorder/"), {"order": ",".join(ids)})
    assert slugs(draft) == ["core-breathing", "dead-bug"]
    for order in ("", ",,,", "x" * 9000):
        assert alice_client.post(url(draft, "reorder/"), {"order": order}).status_code == 302
    assert slugs(draft) == ["core-breathing", "dead-bug"]
