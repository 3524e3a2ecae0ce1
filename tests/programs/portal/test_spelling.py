"""A patient reads programme or program as the practice's country writes it, and never the other."""

import dataclasses
import datetime as dt
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import Practice, User
from patients.models import Case, ScreenAnswer
from programs.access.models import PatientAccess
from programs.builder.freeze import practice_card
from programs.builder.link.sending import link_text
from programs.prescriptions.handout.handout import download_name, render
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.spelling import default_title, program_word
from tests.guards.addresses import every_address
from tests.programs.pdf import Pdf
from tests.programs.portal.conftest import issue_for, link, make_case, open_door
from tests.programs.samples import ACCESS, sample_prescription

MAILS = Path(__file__).parents[3] / "templates" / "programs" / "reminders"
KINDS = ("no-connection", "expired", "closed", "stopped", "unsent")
UNREAD = re.compile(
    r'\b(?:href|src|class|id|for|action|name|content|data-[\w-]+|aria-\w+by)="[^"]*"'
    r"|<script.*?</script>|</?[a-z]\w*",
    re.DOTALL,
)
"""What of a page nobody reads: addresses and names of things."""
TOLD = re.compile(r"\bprogram(?:me)?s?\b", re.IGNORECASE)


def of_one_patient() -> list[str]:
    """The names of the pages that need a device and nothing else."""
    return [a.name for a in every_address() if set(a.converters) == {"device"}]


def pages(phone: Client, home: str) -> Iterator[str]:
    """The words of every page that this phone may open now."""
    device = home.rstrip("/").rsplit("/", 1)[-1]
    addresses = [reverse(name, args=[device]) for name in of_one_patient()]
    for address in addresses:
        answer = phone.get(address)
        if answer.status_code == 200 and not answer["Content-Type"].startswith("application/pdf"):
            yield html.unescape(UNREAD.sub(" ", answer.content.decode()))


def before_the_door_is_open(phone: Client, access: PatientAccess) -> Iterator[str]:
    words = [reverse("portal_words", args=[kind]) for kind in KINDS]
    for address in ("/p/", link(access), "/p/x/", "/p/forgotten/", "/p/today/", *words):
        yield UNREAD.sub(" ", phone.get(address).content.decode())


def told(texts: Iterator[str]) -> set[str]:
    return {hit.lower() for text in texts for hit in TOLD.findall(text)}


@pytest.fixture(params=[("Europe/London", "programme"), ("America/New_York", "program")])
def spelt(request: pytest.FixtureRequest, practice: Practice) -> str:
    """The practice's country's word."""
    practice.time_zone, word = request.param
    practice.save()
    return str(word)


@pytest.fixture
def margaret(spelt: str, practice: Practice, alice: User) -> Case:
    case = make_case(practice, alice, "Margaret Ellison", dt.date(1951, 3, 8))
    case.title = "Right L5"
    case.save()
    issue_for(case, alice, dataclasses.replace(sample_prescription(2), title="For your low back"))
    return case


@pytest.mark.django_db
def test_every_page_open_stopped_and_ended(
    phone: Client, margaret: Case, alice: User, spelt: str
) -> None:
    access = margaret.accesses.get()
    assert told(before_the_door_is_open(phone, access)) == set()
    assert told(
        iter([phone.get(reverse("portal_door", args=[access.token])).content.decode()])
    ) <= {"programs"}
    home = open_door(phone, access)
    found = [told(pages(phone, home))]
    ScreenAnswer.objects.create(
        case=margaret, kind="red_flag", code="rf_foot_drop", answer="yes", answered_by=alice
    )
    found.append(told(pages(phone, home)))
    margaret.programs.update(ended_at=timezone.now())
    found.append(told(pages(phone, home)))
    assert found == [{spelt}] * 3


@pytest.mark.django_db
def test_the_handout_and_the_letters(spelt: str, practice: Practice, margaret: Case) -> None:
    value = dataclasses.replace(
        sample_prescription(1),
        practice=practice_card(practice),
        title=default_title(practice_card(practice).country),
    )
    pdf = Pdf(render(value, ACCESS, PrintOptions(kind="compact")))
    spoken = [pdf.text, str(pdf.info), *(node.alt for node in pdf.elements)]
    assert told(iter(spoken)) == {spelt}
    assert told(iter([download_name(value)])) == {spelt}
    letter = link_text(margaret.patient, practice, "https://homeward.example/p/x/")
    assert told(iter([letter.subject, letter.body])) == set()


def test_letters_of_reminders_do_without_the_word() -> None:
    assert told(path.read_text() for path in MAILS.glob("*.txt")) == set()


def test_who_writes_it_how() -> None:
    assert {c: program_word(c) for c in ("GB", "IE", "AU", "NZ", "IN", "ZA")} == dict.fromkeys(
        ("GB", "IE", "AU", "NZ", "IN", "ZA"), "programme"
    )
    assert (program_word("US"), program_word("CA"), program_word("")) == ("program",) * 3
