"""Behind the door: the program as it was issued, and nothing else."""

import dataclasses
import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import User
from patients.models import ScreenAnswer
from patients.screening.actions import clear_red_flag
from programs.access.models import PatientAccess
from programs.prescriptions.models import IssuedPrescription, Program
from programs.prescriptions.sheet import sheet_of
from tests.programs.nasty import LONG_WORD, MARKUP, nasty_prescription
from tests.programs.portal.conftest import issue_for, open_door
from tests.programs.samples import sample_exercise, sample_prescription

pytestmark = pytest.mark.django_db


def words_of(page: str) -> str:
    """The page as read: tags gone, spaces single."""
    page = re.sub(r"</?(?:bdi|strong|span)\b[^>]*>", "", page)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page))).strip()


def read(phone: Client, address: str) -> str:
    answer = phone.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_everything_the_patient_needs_is_on_the_page(
    phone: Client, page: str, issued: IssuedPrescription
) -> None:
    text = words_of(read(phone, page))
    prescription = issued.prescription()
    said = [
        "8 exercises",
        f"About {prescription.minutes_per_day} minutes a day",
        "For Margaret Ellison",
        "From Bob Brown, Physiotherapist",
        "20 Nov 2026, version 1",
        "Next visit on 4 Dec 2026",
        prescription.note,
        *prescription.stop_rules,
        *(flag.text for flag in prescription.red_flags),
        "0 to 3",
        "4 to 5",
        "6 to 10",
        "Ring 111 for advice, day or night.",
        "Harbour Physiotherapy",
    ]
    for item in prescription.items:
        said += [item.name, item.side_words, item.dose_words, *item.steps, item.feel]
        said += [*item.avoid, *item.stop, item.modification, item.note]
        said += [caution.text for caution in item.cautions]
    assert [words for words in said if words not in text] == []


def test_an_exercise_says_its_side_and_dose_before_its_steps(phone: Client, page: str) -> None:
    text = read(phone, page)
    card = words_of(text[text.index('id="exercise-2"') - 30 : text.index('id="exercise-3"')])
    item = sample_exercise(1)
    places = [card.index(words) for words in (item.side_words, item.dose_words, item.steps[0])]
    assert places == sorted(places)


def test_numbers_can_be_tapped(phone: Client, page: str) -> None:
    hrefs = set(re.findall(r'href="(tel:[^"]*)"', read(phone, page)))
    assert hrefs == {"tel:01947000000", "tel:999"}


def test_when_to_stop_is_one_tap_away_from_anywhere(phone: Client, page: str) -> None:
    text = read(phone, page)
    bar = words_of(text[text.index("<details") : text.index("</details>")])
    prescription = sample_prescription()
    wanted = [*prescription.stop_rules, *(flag.text for flag in prescription.red_flags)]
    assert bar.startswith("When to stop and get help")
    assert [words for words in wanted if words not in bar] == []


OURS = [
    f'<script type="module" src="/static/{file}"></script>'
    for file in (
        "programs/exercises/pictures/movement.js",
        "programs/portal/app/offline.js",
        "clinic/escape.js",
    )
]


def without_ours(text: str) -> str:
    """The page without the scripts of ours that it may run."""
    for script in OURS:
        text = text.replace(script, "")
    return text


def test_the_page_runs_three_scripts_of_ours_and_nothing_else(phone: Client, page: str) -> None:
    text = read(phone, page)
    assert [text.count(script) for script in OURS] == [1, 1, 1]
    text = without_ours(text)
    assert ("<script" in text, " on" in re.sub(r">[^<]*<", "><", text)) == (False, False)
    assert ' style="' not in text


def test_version_2_shows_at_the_same_link(
    phone: Client, page: str, access: PatientAccess, alice: User
) -> None:
    newer = sample_prescription(3, title="Second", note="Version two is shorter.")
    issue_for(access.case, alice, newer)
    text = words_of(read(phone, page))
    assert "Version two is shorter." in text
    assert "3 exercises" in text
    assert ", version 2" in text
    assert PatientAccess.objects.filter(case=access.case).count() == 1
    assert open_door(Client(), access) != ""


def test_an_open_draft_changes_nothing(phone: Client, page: str, program: Program) -> None:
    before = read(phone, page)
    Program.objects.filter(pk=program.pk).update(title="Changed", note="New", draft_open=True)
    assert strip_token(read(phone, page)) == strip_token(before)


def strip_token(page: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value|data-csrf)="[^"]*"', "", page)


def test_nasty_text_is_shown_as_typed(
    phone: Client, page: str, access: PatientAccess, alice: User
) -> None:
    # The database holds no signs that no page can hold.
    issue_for(access.case, alice, sheet_of(nasty_prescription()).prescription)
    text = without_ours(read(phone, page))
    assert MARKUP in html.unescape(text)
    assert ("<script" in text, "<b>" in text, "{{" in text.replace("{{ p.version }}", "")) == (
        False,
        False,
        False,
    )
    assert LONG_WORD in text
    assert "\x00" not in text
    assert 'dir="auto"' in text


def test_one_exercise_and_no_limits_at_all(
    phone: Client, page: str, access: PatientAccess, alice: User
) -> None:
    bare = sample_prescription(1, figures=False)
    bare = dataclasses.replace(
        bare,
        items=(sample_exercise(5, figures=False, steps=("Walk.",), feel="", avoid=(), stop=()),),
        practice=dataclasses.replace(bare.practice, phone="", out_of_hours="", address_lines=()),
        stop_rules=(),
        red_flags=(),
        note="",
        review_on=None,
        minutes_per_day=0,
    )
    issue_for(access.case, alice, bare)
    text = words_of(read(phone, page))
    assert "1 exercise" in text
    assert "Next visit in 2 to 4 weeks" in text
    assert "How much pain is all right" in text


def test_a_red_flag_on_record_stops_the_page_with_clear_words(
    phone: Client, page: str, access: PatientAccess, alice: User
) -> None:
    answer = ScreenAnswer.objects.create(
        case=access.case,
        kind=ScreenAnswer.RED_FLAG,
        code="rf_saddle_numbness",
        answer="yes",
        answered_by=alice,
    )
    text = read(phone, page)
    assert "<h1>Please stop your programme for now</h1>" in text
    assert "The practice has asked you to pause." in text
    assert 'href="tel:01947000000"' in text
    assert sample_exercise(0).steps[0] not in text
    printed = phone.get(f"{page}print/")
    assert (printed.status_code, printed.headers.get("Location")) == (302, page)
    clear_red_flag(answer=answer, actor=alice, note="Seen, no sign of it.")
    assert "<h1>Your home programme</h1>" in read(phone, page)


def test_a_flag_that_only_needs_a_review_does_not_stop_the_page(
    phone: Client, page: str, access: PatientAccess, alice: User
) -> None:
    ScreenAnswer.objects.create(
        case=access.case,
        kind=ScreenAnswer.RED_FLAG,
        code="rf_weight_loss",
        answer="yes",
        answered_by=alice,
    )
    assert "<h1>Your home programme</h1>" in read(phone, page)


def test_an_ended_program_says_so_kindly(phone: Client, page: str, program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(ended_at=timezone.now(), draft_open=False)
    text = read(phone, page)
    assert "<h1>Your programme has ended</h1>" in text
    assert "When you get a new programme, this link opens it." in text
    assert sample_exercise(0).steps[0] not in text
    assert phone.get(f"{page}print/").headers["Location"] == page


def test_a_new_program_after_an_ended_one_opens_with_the_old_link(
    phone: Client, page: str, program: Program, access: PatientAccess, alice: User
) -> None:
    Program.objects.filter(pk=program.pk).update(ended_at=timezone.now(), draft_open=False)
    issue_for(access.case, alice, sample_prescription(2, note="A fresh start."))
    assert "A fresh start." in words_of(read(phone, page))


def test_a_closed_case_has_no_program_to_do(
    phone: Client, page: str, access: PatientAccess
) -> None:
    case = access.case
    case.closed_at = timezone.now()
    case.save()
    assert "<h1>Your programme has ended</h1>" in read(phone, page)


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("print/", "home-program-2026-11-20-v1.pdf"),
        ("print-large/", "home-program-2026-11-20-v1-large-print.pdf"),
    ],
)
def test_it_prints_as_the_handout(phone: Client, page: str, part: str, name: str) -> None:
    answer = phone.get(page + part)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "private, no-store"


def test_nobody_prints_without_the_door(page: str) -> None:
    assert Client().get(f"{page}print/").status_code == 404
