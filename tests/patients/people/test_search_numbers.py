"""Patients are found by date of birth and phone number, in any spelling."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice
from patients.models import Case, Patient
from tests.factories import PatientFactory
from tests.patients.pages import main_text, texts
from tests.patients.people.searching import found
from tests.undone import undone

LIST = reverse("patient_list")
pytestmark = pytest.mark.django_db


@pytest.fixture
def born(practice: Practice) -> None:
    for name, day in (
        ("Day First", date(1948, 3, 2)),
        ("Month First", date(1948, 2, 3)),
        ("Same Year", date(1948, 12, 24)),
        ("This Century", date(2012, 3, 2)),
        ("Another Day", date(1984, 3, 2)),
    ):
        PatientFactory(practice=practice, full_name=name, date_of_birth=day)


DAYS: list[tuple[str, list[str]]] = [
    ("1948-03-02", ["Day First"]),
    ("1948/3/2", ["Day First"]),
    ("1948 03 02", ["Day First"]),
    ("19480302", ["Day First"]),
    ("2 Mar 1948", ["Day First"]),
    ("2 March 1948", ["Day First"]),
    ("2nd of march 1948", ["Day First"]),
    ("2-Mar-48", ["Day First"]),
    ("2mar1948", ["Day First"]),
    ("2. March 1948", ["Day First"]),
    ("March 2, 1948", ["Day First"]),
    ("Mar 2nd '48", ["Day First"]),
    ("2.3.1948", ["Day First", "Month First"]),
    ("02/03/1948", ["Day First", "Month First"]),
    ("02-03-48", ["Day First", "Month First"]),
    ("02–03–1948", ["Day First", "Month First"]),
    ("2 / 3 / 1948", ["Day First", "Month First"]),
    ("020348", ["Day First", "Month First"]),
    ("02031948", ["Day First", "Month First"]),
    ("\u200e02/03/1948\u200e", ["Day First", "Month First"]),
    ("24/12/1948", ["Same Year"]),
    ("12/24/1948", ["Same Year"]),
    ("2.3.12", ["This Century"]),
    ("1948", ["Day First", "Month First", "Same Year"]),
    ("3/1948", ["Day First"]),
    ("day 1948-03-02", ["Day First"]),
    ("2 March 1948 first", ["Day First"]),
    ("month 02/03/1948", ["Month First"]),
    ("first 1948", ["Day First", "Month First"]),
    ("31/02/1948", []),
    ("2 March 1949", []),
    ("12 1 1", []),
]


def test_a_date_of_birth_is_found(practice: Practice, born: None) -> None:
    asked = [(typed, names, found(practice, typed)) for typed, names in DAYS]
    wrong = [(typed, got) for typed, names, got in asked if sorted(got) != sorted(names)]
    assert not wrong, str(wrong)
    assert found(practice, "02/03/1948") == ["Day First", "Month First"]


@pytest.mark.usefixtures("born")
def test_where_the_month_is_written_first_that_reading_comes_first(practice: Practice) -> None:
    assert found(practice, "02/03/1948", region="US") == ["Month First", "Day First"]
    assert found(practice, "020348", region="US") == ["Month First", "Day First"]


def test_the_page_says_how_a_date_was_read_in_the_practices_own_way(
    alice_client: Client, practice: Practice, born: None
) -> None:
    words = main_text(alice_client.get(LIST, {"q": "02/03/1948"}))
    assert "2 patients found · as a date of birth, 2 Mar 1948 or 3 Feb 1948" in words
    practice.time_zone = "America/Chicago"
    practice.save()
    page = alice_client.get(LIST, {"q": "02/03/1948"})
    assert "as a date of birth, 3 Feb 1948 or 2 Mar 1948" in main_text(page)
    assert texts(page, "people__name") == ["Month First", "Day First"]
    assert "as a date of birth" not in main_text(alice_client.get(LIST, {"q": "1948-03-02"}))


LONDON = "+44 20 7946 0018"


RECORDED = (LONDON, "020 7946 0018", "(020) 7946-0018", "+44 (0)20 7946 0018", "02079460018")
TYPED = [
    LONDON,
    "020 7946 0018",
    "(020) 7946-0018",
    "442079460018",
    "0044 20 7946 0018",
    "+44 (0) 20 7946 0018",
    "+44-20-7946-0018",
    "020.7946.0018",
    "020\u00a07946\u00a00018",
    "７９４６００１８",
    "79460018",
    "460018",
    "lee 460018",
]


def test_a_phone_number_is_found(practice: Practice) -> None:
    PatientFactory(practice=practice, full_name="Bea Lee", phone="020 7946 0019")
    wrong = []
    for recorded in RECORDED:
        with undone():
            PatientFactory(practice=practice, full_name="Ann Lee", phone=recorded)
            asked = [(recorded, typed, found(practice, typed)) for typed in TYPED]
            wrong += [one for one in asked if one[-1] != ["Ann Lee"]]
    assert not wrong, str(wrong)


WHERE_IT_IS = [
    ("America/New_York", "(415) 555-2671", "+1 415 555 2671"),
    ("America/New_York", "1-415-555-2671", "415.555.2671"),
    ("America/New_York", LONDON, "011 44 20 7946 0018"),
    ("Europe/Berlin", "030 123456", "+49 30 123456"),
    ("Europe/Rome", "06 6982 3456", "0039 06 6982 3456"),
    ("Etc/UTC", LONDON, "020 7946 0018"),
    ("Etc/UTC", "020 7946 0018", LONDON),
    ("Europe/London", "day 01947 123456, night 07700 900123", "+44 7700 900123"),
    ("Europe/London", "01947 123456 ext. 12", "01947 123456"),
    ("Europe/London", "٠١٩٤٧ ١٢٣٤٥٦", "01947123456"),
]


def test_a_number_means_what_it_means_where_the_practice_is(
    alice_client: Client, practice: Practice
) -> None:
    wrong = []
    for zone, recorded, typed in WHERE_IT_IS:
        with undone():
            practice.time_zone = zone
            practice.save()
            PatientFactory(practice=practice, full_name="Ann Lee", phone=recorded)
            PatientFactory(practice=practice, full_name="Bea Lee", phone="01947 654321")
            page = alice_client.get(LIST, {"q": typed})
        shown = texts(page, "people__name")
        if shown != ["Ann Lee"] or recorded not in main_text(page):
            wrong.append((zone, recorded, typed, shown))
    assert not wrong, str(wrong)


def test_few_figures_are_no_phone_number(practice: Practice) -> None:
    PatientFactory(practice=practice, full_name="Ann Lee", phone=LONDON)
    PatientFactory(practice=practice, full_name="Ann 60018")
    assert found(practice, "60018") == ["Ann 60018"]


def test_figures_may_be_a_date_or_a_number(practice: Practice) -> None:
    PatientFactory(practice=practice, full_name="By Number", phone="0161 302 0348")
    PatientFactory(practice=practice, full_name="By Date", date_of_birth=date(1948, 3, 2))
    assert found(practice, "020348") == ["By Date", "By Number"]


def test_another_practice_is_not_searched(
    practice: Practice, other_practice: Practice, maria: Patient, foreign_case: Case
) -> None:
    PatientFactory(practice=other_practice, phone=LONDON, date_of_birth=date(1985, 3, 14))
    assert found(practice, "maria") == ["Maria Sørensen"]
    assert found(practice, "sørby") == []
    assert found(practice, "14.3.1985") == ["Maria Sørensen"]
    assert found(practice, LONDON) == []


def test_a_changed_patient_is_found_by_what_stands_there_now(maria: Patient) -> None:
    maria.full_name = "Maria Østergård"
    maria.save(update_fields=["full_name"])
    maria.phone = "01947 123456"
    maria.save(update_fields=["phone"])
    maria.refresh_from_db()
    assert (maria.search_name, maria.search_phone) == ("maria ostergard", "441947123456")
    assert maria.name_key == "aaadegimorrrst"
