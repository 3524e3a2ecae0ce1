"""The pages' own words: plain enough for anybody, whatever their day is like."""

import re

import pytest
import textstat
from django.test import Client

from clinic.models import User
from patients.models import ScreenAnswer
from programs.access.models import PatientAccess
from programs.prescriptions.models import Program
from tests.programs.portal.conftest import link, open_door

pytestmark = pytest.mark.django_db
GRADE = 6
LONGEST_SENTENCE = 20


def sentences(page: str) -> list[str]:
    """The sentences of a page's paragraphs, headings and list items, codes and names aside."""
    main = page[page.index("<main") : page.index("</main>")]
    blocks = re.findall(r"<(?:p|h1|h2|li)\b[^>]*>(.*?)</(?:p|h1|h2|li)>", main, re.S)
    plain = [" ".join(re.sub(r"<[^>]+>", " ", block).split()) for block in blocks]
    ended = [text if text[-1] in ".?!:" else f"{text}." for text in plain if text]
    return [s for text in ended for s in re.split(r"(?<=[.?!:])\s+", text)]


@pytest.fixture
def pages(phone: Client, access: PatientAccess, alice: User, program: Program) -> dict[str, str]:
    found = {
        "code": phone.get("/p/"),
        "door": phone.get(link(access)),
        "wrong year": phone.post(link(access), {"year": "1950"}),
        "closed": phone.get("/p/x/"),
        "forgotten": phone.get("/p/forgotten/"),
    }
    for year in range(1940, 1944):
        found["wait"] = Client().post(link(access), {"year": str(year)})
    return {name: answer.content.decode() for name, answer in found.items()}


@pytest.mark.parametrize("name", ["code", "door", "wrong year", "closed", "forgotten", "wait"])
def test_every_page_around_the_door_reads_easily(pages: dict[str, str], name: str) -> None:
    text = sentences(pages[name])
    assert textstat.flesch_kincaid_grade(" ".join(text)) <= GRADE
    assert [s for s in text if len(s.split()) > LONGEST_SENTENCE] == []


def test_the_page_of_a_pause_reads_easily(
    phone: Client, page: str, access: PatientAccess, alice: User
) -> None:
    ScreenAnswer.objects.create(
        case=access.case, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    text = sentences(phone.get(page).content.decode())
    assert textstat.flesch_kincaid_grade(" ".join(text)) <= GRADE


def test_the_page_of_an_end_reads_easily(phone: Client, access: PatientAccess) -> None:
    address = open_door(phone, access)
    Program.objects.update(ended_at=access.created_at, draft_open=False)
    text = sentences(phone.get(address).content.decode())
    assert textstat.flesch_kincaid_grade(" ".join(text)) <= GRADE
