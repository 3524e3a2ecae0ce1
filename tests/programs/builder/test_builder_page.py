"""The builder as a clinician sees it."""

import re

from django.test import Client

from clinic.models import Practice, User
from patients import vocabulary
from patients.models import Case
from programs.exercises.library import library_for
from programs.prescriptions.models import Program
from tests import factories
from tests.programs.conftest import MakeCase, exercise_id, only_item, slugs

ORDINARY = {"curl-up"}
"""Slugs that are plain words too."""


def text(response: object) -> str:
    """What is on the page, without tags, on one line."""
    html = response.content.decode()  # type: ignore[attr-defined]
    html = re.sub(r"<(script|style|template).*?</\1>", " ", html, flags=re.S)
    plain = re.sub(r"<[^>]+>", " ", html)
    return " ".join(plain.replace("&#x27;", "'").replace("&quot;", '"').split())


def url(program: Program, rest: str = "") -> str:
    return f"/programs/{program.pk}/{rest}"


def test_starting_from_the_case(stenosis: Case, alice_client: Client) -> None:
    response = alice_client.post(f"/cases/{stenosis.pk}/program/", follow=True)
    program = Program.objects.get()
    assert response.redirect_chain == [(url(program), 302)]
    assert "Program for Maria Santos" in text(response)
    again = alice_client.post(f"/cases/{stenosis.pk}/program/", follow=True)
    assert "This case has a program already." in text(again)
    assert Program.objects.count() == 1


def test_starting_from_a_template_tells_what_was_left_out(
    make_case: MakeCase, shipped_catalogue: None, alice_client: Client
) -> None:
    case = make_case(yes=("osteoporosis",))
    data = {"starter": "flexion-series"}
    response = alice_client.post(f"/cases/{case.pk}/program/", data, follow=True)
    page = text(response)
    assert "Left out, because the rules speak against it:" in page
    assert re.search(r"Seated forward bend : [A-Z]\w+", page)
    assert "Left out, because" not in text(alice_client.get(url(Program.objects.get())))


def test_the_best_come_first_and_what_is_not_for_them_last(
    draft: Program, alice_client: Client
) -> None:
    html = alice_client.get(url(draft)).content.decode()
    found = re.findall(r'class="verdict verdict-(\w+)"', html.split('id="program"')[0])
    order = ["preferred", "ok", "caution", "adapt", "contraindicated"]
    heads = [v for v in found if v in order]
    assert heads[0] == "preferred"
    closed = html.split("results__closed")[1]
    assert "Not for this patient" in closed
    assert library_for(draft.case.practice).definitions["standing-back-extension"].name in closed


def test_the_sensible_side_is_the_first_button(draft: Program, alice_client: Client) -> None:
    html = alice_client.get(url(draft, "?q=standing+side+stretch")).content.decode()
    first = html.split('id="results"')[1].split("</li>")[0]
    pk = exercise_id("oblique-standing-stretch")
    assert f'name="add" value="{pk}:right"' in first
    assert f'name="add" value="{pk}:left"' not in first
    assert "Left: not for this patient" in first


def test_no_code_or_slug_is_shown(draft: Program, alice: User, alice_client: Client) -> None:
    for slug in ("dead-bug", "walking"):
        factories.ProgramItemFactory(program=draft, slug=slug)
    library = library_for(draft.case.practice)
    codes = {
        *library.definitions,
        *vocabulary.FINDINGS,
        *vocabulary.CONDITIONS,
        *vocabulary.RED_FLAGS,
        *library.starters,
    }
    pages = [url(draft), url(draft, "issue/"), "/exercises/", "/rules/"]
    pages += [f"/exercises/{exercise_id('psoas-lunge-stretch')}/", f"/cases/{draft.case_id}/"]
    for address in pages:
        words = set(re.findall(r"[\w-]+", text(alice_client.get(address))))
        assert words & {code for code in codes if "_" in code or "-" in code} <= ORDINARY, address


def test_the_status_counts_nudges_and_asks(
    make_case: MakeCase, shipped_catalogue: None, alice_client: Client
) -> None:
    program = factories.ProgramFactory(case=make_case(no=tuple(vocabulary.RED_FLAGS)))
    Case.objects.update(resources=["mat"])
    for slug in ("dead-bug", "core-breathing", "walking", "sit-tall"):
        factories.ProgramItemFactory(program=program, slug=slug)
    page = text(alice_client.get(url(program)))
    assert "3 exercises, 1 tip" in page
    assert "More than 5." not in page
    for slug in ("hook-lying-march", "knees-side-to-side", "stationary-cycling"):
        factories.ProgramItemFactory(program=program, slug=slug)
    page = text(alice_client.get(url(program)))
    assert "More than 5. People keep up fewer exercises more often." in page
    assert "Not at home: Stationary bike" in page
    assert "Not asked, and it matters here:" in page
    html = alice_client.get(url(program)).content.decode()
    link = re.search(r'href="(/cases/[^"]+/safety-screen/\?only=[^"]+)">Answer now', html)
    assert link
    answer = alice_client.get(link[1].replace("&amp;", "&"))
    assert answer.status_code == 200
    assert url(program) in answer.content.decode()


def test_a_stopped_case_says_so_and_cannot_be_issued(draft: Program, alice_client: Client) -> None:
    factories.AnswerFactory(case=draft.case, code="rf_foot_drop", answer="yes")
    assert "A warning sign stops this case" in text(alice_client.get(url(draft)))
    assert 'id="issue" type="submit"' not in alice_client.get(url(draft, "issue/")).content.decode()


def test_pictures_of_the_page_without_scripts(draft: Program, alice_client: Client) -> None:
    """Nothing needs a script: every control is a link, or a button of a form that posts."""
    factories.ProgramItemFactory(program=draft, slug="curl-up")
    html = alice_client.get(url(draft)).content.decode()
    assert re.findall(r"\son\w+=", html) == []
    assert re.findall(r'\sstyle="', html) == []
    for form in re.findall(r"<form[^>]*>", html):
        assert 'action="' in form, form


def test_the_page_asks_the_database_the_same_few_questions(
    draft: Program, alice_client: Client, django_assert_num_queries: object
) -> None:
    library = library_for(draft.case.practice)
    chosen = [s for s in library.current if not library.definitions[s].traits.sided][:12]
    for some in (chosen[:1], chosen[1:]):
        for slug in some:
            factories.ProgramItemFactory(program=draft, slug=slug)
        alice_client.get(url(draft))
        with django_assert_num_queries(17):  # type: ignore[operator]
            assert alice_client.get(url(draft)).status_code == 200


def test_a_stranger_s_case_starts_nothing(stenosis: Case, charlie_client: Client) -> None:
    assert charlie_client.post(f"/cases/{stenosis.pk}/program/").status_code == 404
    assert not Program.objects.exists()


def test_an_item_of_another_program_is_not_found(
    draft: Program, practice: Practice, alice_client: Client
) -> None:
    other = factories.ProgramFactory(case=factories.CaseFactory(patient=draft.case.patient))
    factories.ProgramItemFactory(program=other)
    item = only_item(other).pk
    for rest in ("", "accept/", "override/", "revoke/"):
        assert alice_client.post(url(draft, f"items/{item}/{rest}")).status_code == 404
    for rest in ("remove/", "move/", "restore/"):
        alice_client.post(url(draft, f"items/{item}/{rest}"), {"to": "up"})
    assert slugs(other) == ["dead-bug"]


def test_what_is_at_home_is_not_missing_where_nobody_recorded_it(
    draft: Program, alice_client: Client
) -> None:
    factories.ProgramItemFactory(program=draft, slug="stationary-cycling")
    Case.objects.filter(pk=draft.case_id).update(resources=[])
    page = text(alice_client.get(url(draft)))
    assert "What is at home is not on record This needs: Stationary bike." in page
    assert "Not at home" not in page
    assert "What is at the patient’s home is not on record." in text(
        alice_client.get(url(draft, "issue/"))
    )
