"""Starting a program: where one ends up, and that the page can be loaded again."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from programs.prescriptions.models import Program
from tests import factories
from tests.patients.pages import main_text
from tests.programs.builder.test_builder_page import url
from tests.programs.conftest import MakeCase

NINE_STEPS = "foraminal-stenosis-nine-steps"
ASKED_FOR = re.compile(r'<(?:link rel="stylesheet" href|script type="module" src)="([^"]+)"')
RUN_FIRST = re.compile(r'<script type="module" src="[^"]+" blocking="render">')
FETCHED_AHEAD = re.compile(r'<link rel="prefetch"[^>]* href="([^"]+)"')


@pytest.fixture
def start(make_case: MakeCase, shipped_catalogue: None) -> str:
    case = make_case(conditions=(("lumbar_foraminal_stenosis", "bilateral"),))
    return reverse("program_create", args=[case.pk])


def test_a_template_that_needs_a_side_asks_on_the_page_of_the_program(
    start: str, alice_client: Client
) -> None:
    answer = alice_client.post(start, {"starter": NINE_STEPS})
    program = Program.objects.get()
    assert answer.headers["Location"] == f"{url(program)}?starter={NINE_STEPS}&side=#starters"
    for _ in range(2):
        page = alice_client.get(answer.headers["Location"])
        assert "Choose the side to treat." in main_text(page)
        for side in ("left", "right", "both"):
            assert f'value="{NINE_STEPS}:{side}"' in page.content.decode()
    assert program.items.count() == 0


def test_templates_meant_for_the_case_are_offered_first_on_both_pages(
    start: str, alice_client: Client
) -> None:
    case_page = start.removesuffix("program/")
    pages = [alice_client.get(case_page)]
    alice_client.post(start)
    pages.append(alice_client.get(url(Program.objects.get())))
    for page in pages:
        meant, others = page.content.decode().split("Other templates")
        assert f'value="{NINE_STEPS}:left"' in meant
        assert 'value="radiculopathy-five' not in meant
        assert 'value="radiculopathy-five' in others


def test_one_press_says_template_and_side(start: str, alice_client: Client) -> None:
    alice_client.post(start, {"starter": f"{NINE_STEPS}:left"})
    program = Program.objects.get()
    assert {item.side for item in program.items.active()} == {"", "left"}


def test_a_search_stays_when_the_template_asks_back(start: str, alice_client: Client) -> None:
    alice_client.post(start)
    program = Program.objects.get()
    sent = {"starter": NINE_STEPS, "back": "q=walking"}
    answer = alice_client.post(url(program, "template/"), sent)
    assert (
        answer.headers["Location"]
        == f"{url(program)}?q=walking&starter={NINE_STEPS}&side=#starters"
    )


def test_the_address_that_starts_leads_back_to_the_case(start: str, alice_client: Client) -> None:
    case_page = start.removesuffix("program/")
    assert alice_client.get(start).headers["Location"] == case_page
    assert not Program.objects.exists()


def test_an_error_in_the_details_leads_back_to_the_program_with_its_search(
    start: str, alice_client: Client
) -> None:
    alice_client.post(start)
    program = Program.objects.get()
    answer = alice_client.post(url(program, "details/"), {"title": ""})
    assert answer.status_code == 422
    assert alice_client.get(url(program, "details/")).headers["Location"] == url(program)
    # A link of that page that keeps its address, like the next page of the search, works too.
    there = alice_client.get(f"{url(program, 'details/')}?q=walking")
    assert there.headers["Location"] == f"{url(program)}?q=walking"


def test_ones_own_template_for_something_else_stands_behind_those_for_the_case(
    draft: Program, make_case: MakeCase, alice_client: Client
) -> None:
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    alice_client.post(url(draft, "keep-template/"), {"name": "My back set"}, follow=True)
    pages = []
    for condition in ("knee_osteoarthritis", "lumbar_foraminal_stenosis"):
        case = make_case(conditions=((condition, "left"),))
        pages.append(alice_client.get(case.get_absolute_url()).content.decode())
    knee, back = pages
    assert knee.index("knee-osteoarthritis") < knee.index("My back set")
    assert "made for something else" in " ".join(knee.split())
    assert back.index("My back set") < back.index(NINE_STEPS)
    assert "made for something else" not in " ".join(back.split())


def test_a_program_that_has_begun_brings_its_templates_when_they_are_asked_for(
    draft: Program, alice_client: Client
) -> None:
    assert NINE_STEPS in alice_client.get(url(draft)).content.decode()
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    begun = alice_client.get(url(draft)).content.decode()
    assert NINE_STEPS not in begun
    asks = f"{url(draft)}?templates=1"
    assert f'hx-get="{asks}"' in begun
    assert f'href="{asks}#starters"' in begun, "without scripts it is a link"
    assert NINE_STEPS in alice_client.get(asks).content.decode()


def test_what_the_builder_asks_for_is_fetched_while_one_reads_the_case(
    draft: Program, alice_client: Client
) -> None:
    """Its sheets and modules, but for those that the case has itself."""
    case, builder = (
        alice_client.get(at).content.decode() for at in (draft.case.get_absolute_url(), url(draft))
    )
    asked = [{*ASKED_FOR.findall(page)} for page in (builder, case)]
    assert {*FETCHED_AHEAD.findall(case)} == asked[0] - asked[1] != set()


def test_scripts_run_before_the_page_is_laid_out(draft: Program, alice_client: Client) -> None:
    """Between two pictures of the page they would wait for each drawing that comes meanwhile."""
    page = alice_client.get(url(draft)).content.decode()
    head, _, body = page.partition("</head>")
    assert len(RUN_FIRST.findall(head)) == page.count('<script type="module"') == 3
    assert '<script type="module"' not in body
