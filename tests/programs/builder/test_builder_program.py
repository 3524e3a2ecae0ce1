"""The program as a whole: details, templates, issuing, versions, handouts, the case's panel."""

import datetime as dt
import re
from uuid import uuid4

from django.test import Client

from clinic.models import AuditEntry, User
from patients.models import Case
from programs.builder.actions import fingerprint
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import (
    IssuedPrescription,
    Program,
)
from tests import factories
from tests.clock import TODAY
from tests.programs.builder.test_builder_page import text, url
from tests.programs.conftest import MakeCase, slugs
from tests.undone import undone

HTMX = {"HTTP_HX_REQUEST": "true"}


def details(program: Program, **change: str) -> dict[str, str]:
    return {
        "title": "Back care",
        "note": "Hello.",
        "review_on": "",
        "seen": fingerprint(program),
        **change,
    }


def issue_form(client: Client, program: Program) -> dict[str, str]:
    html = client.get(url(program, "issue/")).content.decode()
    sent = dict(re.findall(r'name="(issue_key|revision|case_revision)" value="([^"]+)"', html))
    return {**sent, "since": "unchanged"} if 'name="since"' in html else sent


def issue(client: Client, program: Program) -> object:
    """Issue it, and see the page that comes after."""
    return client.post(url(program, "issue/"), issue_form(client, program), follow=True)


def issue_unseen(client: Client, program: Program) -> None:
    """Issue it, where nobody looks at the pages before and after."""
    sent = {
        "issue_key": str(uuid4()),
        "revision": str(program.revision),
        "case_revision": str(program.case.revision),
        "since": "unchanged",
    }
    assert client.post(url(program, "issue/"), sent).status_code == 302


def test_title_note_and_review_day(draft: Program, alice_client: Client) -> None:
    day = (TODAY + dt.timedelta(days=21)).isoformat()
    alice_client.post(url(draft, "details/"), details(draft, review_on=day))
    draft.refresh_from_db()
    assert (draft.title, draft.note) == ("Back care", "Hello.")
    assert str(draft.review_on) == day


BAD_DETAILS = [
    ({"title": ""}, "Give the program a title."),
    ({"title": "  "}, "Give the program a title."),
    ({"title": "x" * 121}, "Use 120 characters or fewer. This has 121."),
    ({"note": "x" * 4001}, "Use 4000 characters or fewer. This has 4001."),
    ({"review_on": "tomorrow"}, "This is not a date."),
    ({"review_on": TODAY.isoformat()}, "Choose a day after today."),
    ({"review_on": "2199-01-01"}, "Choose a day within a year from today."),
]


def test_bad_details_are_told_and_kept(draft: Program, alice_client: Client) -> None:
    wrong = []
    for change, words in BAD_DETAILS:
        for extra, status in (({}, 422), (HTMX, 200)):
            with undone():
                data = details(draft, **change)
                response = alice_client.post(url(draft, "details/"), data, **extra)
                title = Program.objects.get(pk=draft.pk).title
            seen = {
                "answered": response.status_code == status,
                "told": words in text(response),
                "kept": "note" in change or "Hello." in response.content.decode(),
                "refused": title == "Home exercise program",
            }
            said = f"{str(change)[:60]} {extra}"
            wrong += [f"{said} is not {promise}" for promise, held in seen.items() if not held]
    assert not wrong, "\n".join(wrong)


def test_details_changed_by_two(draft: Program, alice_client: Client, bob_client: Client) -> None:
    data = details(draft)
    alice_client.post(url(draft, "details/"), data)
    response = bob_client.post(url(draft, "details/"), {**data, "title": "Bob's title"})
    assert "Alice Archer changed this at" in text(response)
    html = response.content.decode()
    assert "Bob&#x27;s title" in html
    seen = html.split('id="details"')[1].split('name="seen" value="')[1].split('"')[0]
    bob_client.post(url(draft, "details/"), {**data, "title": "Bob's title", "seen": seen})
    draft.refresh_from_db()
    assert draft.title == "Bob's title"


def test_a_template_has_to_be_chosen(draft: Program, alice_client: Client) -> None:
    for data, words in (
        ({}, "Choose a template."),
        ({"starter": ""}, "Choose a template."),
        ({"starter": "nonsense"}, "Select a valid choice."),
    ):
        assert words in text(alice_client.post(url(draft, "template/"), data, follow=True)), data
        assert words in text(alice_client.post(url(draft, "template/"), data, **HTMX)), data


def test_the_side_is_asked_at_its_field(
    make_case: MakeCase, shipped_catalogue: None, alice_client: Client
) -> None:
    case = make_case(conditions=(("lumbar_foraminal_stenosis", "bilateral"),))
    program = factories.ProgramFactory(case=case)
    data = {"starter": "foraminal-stenosis-nine-steps", "side": ""}
    response = alice_client.post(url(program, "template/"), data)
    assert (
        response.headers["Location"]
        == f"{url(program)}?starter=foraminal-stenosis-nine-steps&side=#starters"
    )
    assert "Choose the side to treat." in text(alice_client.get(response.headers["Location"]))
    response = alice_client.post(url(program, "template/"), {**data, "side": "left"}, follow=True)
    assert re.search(r"\d added", text(response))


def test_a_template_is_taken_back_from_its_notice(draft: Program, alice_client: Client) -> None:
    page = alice_client.post(url(draft, "template/"), {"starter": "flexion-series"}, **HTMX)
    html = page.content.decode()
    listed = alice_client.get(url(draft, "?templates=1"))
    assert "More from “Flexion series”" in text(listed)
    ids = re.findall(r'name="item" value="([0-9a-f-]+)"', html)
    assert len(ids) == draft.items.active().count() == 8
    response = alice_client.post(url(draft, "take-back/"), {"item": [*ids, "x"]}, follow=True)
    assert "8 exercises taken back." in text(response)
    assert slugs(draft) == []


def test_issuing_shows_what_is_frozen_and_issues_once(ready: Program, alice_client: Client) -> None:
    page = text(alice_client.get(url(ready, "issue/")))
    assert "Issue version 1" in page
    assert "Dead bug 10 times, once a day" in page
    form = issue_form(alice_client, ready)
    first = alice_client.post(url(ready, "issue/"), form, follow=True)
    second = alice_client.post(url(ready, "issue/"), form, follow=True)
    assert "Version 1 is issued." in text(first)
    assert "Version 1 is issued." in text(second)
    assert IssuedPrescription.objects.count() == 1


def test_a_broken_issue_form_issues_nothing(ready: Program, alice_client: Client) -> None:
    form = issue_form(alice_client, ready)
    wrong = []
    for change in (
        {"issue_key": "x"},
        {"issue_key": ""},
        {"revision": "x"},
        {"revision": "9" * 400},
    ):
        with undone():
            status = alice_client.post(url(ready, "issue/"), {**form, **change}).status_code
            if status not in (409, 422) or IssuedPrescription.objects.exists():
                wrong.append((change, status, IssuedPrescription.objects.count()))
    assert not wrong, str(wrong)


def test_a_change_by_somebody_else_is_shown_before_issuing(
    ready: Program, alice_client: Client, bob_client: Client
) -> None:
    form = issue_form(alice_client, ready)
    bob_client.post(url(ready, "details/"), details(ready))
    response = alice_client.post(url(ready, "issue/"), form)
    assert response.status_code == 409
    assert "Bob Brown changed the program meanwhile." in text(response)
    assert "Back care" in text(response)
    assert not IssuedPrescription.objects.exists()


def test_a_fact_that_came_in_after_the_preview_stops_it(
    draft: Program, alice_client: Client
) -> None:
    factories.ProgramItemFactory(program=draft, slug="curl-up")
    form = issue_form(alice_client, draft)
    factories.AnswerFactory(case=draft.case, code="osteoporosis", answer="yes")
    response = alice_client.post(url(draft, "issue/"), form)
    assert "This cannot be issued as it stands." in text(response)
    assert "Small curl-up: not for this patient." in text(response)


def test_amending_shows_the_difference_and_makes_version_2(
    ready: Program, alice_client: Client
) -> None:
    issue_unseen(alice_client, ready)
    alice_client.post(url(ready, "amend/"))
    item = ready.items.get()
    item.dosage = {"reps": [12, 12], "times_per_day": [1, 1]}
    item.save()
    factories.ProgramItemFactory(program=ready, slug="walking")
    page = text(alice_client.get(url(ready, "issue/")))
    assert "What differs from version 1" in page
    assert "New: Walking" in page
    assert "Dose: from “10 times, once a day” to “12 times, once a day”" in page
    assert "Version 2 is issued." in text(issue(alice_client, ready))
    versions = text(alice_client.get(url(ready, "versions/")))
    assert "Version 2" in versions
    assert "New: Walking" in versions
    assert "The first one." in versions


def test_discarding_and_ending_from_the_page(ready: Program, alice_client: Client) -> None:
    issue_unseen(alice_client, ready)
    alice_client.post(url(ready, "amend/"))
    factories.ProgramItemFactory(program=ready, slug="walking")
    response = alice_client.post(url(ready, "discard/"), follow=True)
    assert "The patient's version has not changed." in text(response)
    assert slugs(ready) == ["dead-bug"]
    response = alice_client.post(url(ready, "end/"), follow=True)
    assert "The program has ended." in text(response)
    assert "ended on 20 Nov 2026 by Alice Archer. The patient has no program now." in text(response)
    assert "ended" in text(alice_client.get(url(ready)))


def test_the_handout_of_a_version(ready: Program, alice_client: Client) -> None:
    issue_unseen(alice_client, ready)
    for large in ("", "?large=1"):
        response = alice_client.get(url(ready, f"versions/1/handout/{large}"))
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF-")
        assert "Maria" not in response["Content-Disposition"]
    assert Handout.objects.count() == 2
    assert AuditEntry.objects.filter(action="prescription.handout").count() == 2
    assert alice_client.get(url(ready, "versions/2/handout/")).status_code == 404


def test_a_lost_handout_is_rendered_at_the_next_download(
    ready: Program, alice_client: Client
) -> None:
    """On commit callbacks do not run here, as after a crash: the version is there all the same."""
    issue_unseen(alice_client, ready)
    assert not Handout.objects.exists()
    assert alice_client.get(url(ready, "versions/1/handout/")).content.startswith(b"%PDF-")


def test_the_case_shows_its_program(ready: Program, alice_client: Client, alice: User) -> None:
    case = f"/cases/{ready.case_id}/"
    assert "A draft is open, not issued yet." in text(alice_client.get(case))
    issue_unseen(alice_client, ready)
    page = text(alice_client.get(case))
    assert "Home exercise program , version 1, issued" in page
    assert "Open the program" in page
    factories.AnswerFactory(case=ready.case, code="rf_foot_drop", answer="yes")
    assert "the patient still has a program" in text(alice_client.get(case))


def test_a_case_without_a_program_offers_to_start_one(stenosis: Case, alice_client: Client) -> None:
    page = text(alice_client.get(f"/cases/{stenosis.pk}/"))
    assert "Start a program" in page
    assert "Foraminal stenosis: the nine steps" in page


def test_versions_of_a_draft(draft: Program, alice_client: Client) -> None:
    assert "Nothing has been issued yet." in text(alice_client.get(url(draft, "versions/")))


def test_charlie_finds_nothing(
    ready: Program, alice_client: Client, charlie_client: Client
) -> None:
    issue_unseen(alice_client, ready)
    for rest in ("", "issue/", "versions/", "search/", "versions/1/handout/"):
        assert charlie_client.get(url(ready, rest)).status_code == 404, rest


def test_charlie_changes_nothing(ready: Program, charlie_client: Client) -> None:
    data = {"issue_key": str(uuid4()), "revision": "1", "starter": "flexion-series"}
    for rest in (
        "details/",
        "template/",
        "add/",
        "reorder/",
        "issue/",
        "amend/",
        "discard/",
        "end/",
    ):
        assert charlie_client.post(url(ready, rest), data).status_code == 404, rest
        assert slugs(ready) == ["dead-bug"], rest
