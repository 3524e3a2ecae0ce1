"""Patients are found by name, date of birth and phone number, in any spelling."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice
from patients.models import Case, Patient
from tests.clock import NOW
from tests.factories import PatientFactory
from tests.patients.pages import main_text, texts

LIST = reverse("patient_list")
pytestmark = pytest.mark.django_db
NAMES = (
    "Maria Sørensen",
    "José Álvarez",
    "Zoë Smith 🙂",
    "محمد الأحمد",
    "李小龙",
    "Peter O’Brien",
    "Anne-Marie Dubois",
    "Omar Al Sayed",
    "Jürgen Groß",
    "İbrahim Çelik",
    "Łukasz Æbelø",
)


@pytest.fixture
def everybody(practice: Practice) -> None:
    for name in NAMES:
        PatientFactory(practice=practice, full_name=name)


def found(practice: Practice, typed: str, region: str = "GB") -> list[str]:
    rows = practice.patients.search(typed, region=region).best_first()
    return list(rows.values_list("full_name", flat=True))


@pytest.mark.usefixtures("everybody")
@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("maria", ["Maria Sørensen"]),
        ("SORENSEN", ["Maria Sørensen"]),
        ("sorensen maria", ["Maria Sørensen"]),
        ("Sørensen, Maria", ["Maria Sørensen"]),
        ("Mrs. Maria  Sørensen", ["Maria Sørensen"]),
        ("sorensn", ["Maria Sørensen"]),
        ("mraia", ["Maria Sørensen"]),
        ("jose alvarez", ["José Álvarez"]),
        ("José  Alvarez", ["José Álvarez"]),
        ("zoe", ["Zoë Smith 🙂"]),
        ("🙂", ["Zoë Smith 🙂"]),
        ("محمد", ["محمد الأحمد"]),
        ("小龙", ["李小龙"]),
        ("brien", ["Peter O’Brien"]),
        ("O'Brien", ["Peter O’Brien"]),
        ("oʼbrien", ["Peter O’Brien"]),
        ("O`Brien", ["Peter O’Brien"]),
        ("O´Brien", ["Peter O’Brien"]),
        ("o brien", ["Peter O’Brien"]),
        ("OBrien, Peter", ["Peter O’Brien"]),
        ("obrein", ["Peter O’Brien"]),
        ("Anne Marie", ["Anne-Marie Dubois"]),
        ("annemarie", ["Anne-Marie Dubois"]),
        ("Anne‑Marie", ["Anne-Marie Dubois"]),
        ("Anne–Marie", ["Anne-Marie Dubois"]),
        ("Anne\u00adMarie", ["Anne-Marie Dubois"]),
        ("anne\u200bmarie du", ["Anne-Marie Dubois"]),
        ("annemari", ["Anne-Marie Dubois"]),
        ("anemarie", ["Anne-Marie Dubois"]),
        ("Al-Sayed", ["Omar Al Sayed"]),
        ("AlSayed Omar", ["Omar Al Sayed"]),
        ("al\u00a0sayed", ["Omar Al Sayed"]),
        ("\u200eal sayed", ["Omar Al Sayed"]),
        ("alsayd", ["Omar Al Sayed"]),
        ("gross", ["Jürgen Groß"]),
        ("GROẞ", ["Jürgen Groß"]),
        ("jurgen", ["Jürgen Groß"]),
        ("ibrahim", ["İbrahim Çelik"]),
        ("IBRAHIM CELIK", ["İbrahim Çelik"]),
        ("lukasz aebelo", ["Łukasz Æbelø"]),
        ("nobody", []),
        ("100%", []),
        ("%", []),
        ("'", []),
        ("\x00", list(NAMES)),
        ("\u200b", list(NAMES)),
        ("  ", list(NAMES)),
    ],
)
def test_a_patient_is_found(practice: Practice, typed: str, names: list[str]) -> None:
    assert sorted(found(practice, typed)) == sorted(names)


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        ("Peter O Brien", "O’Brien"),
        ("Peter OBrien", "O'Brien"),
        ("Annemarie Dubois", "Anne-Marie"),
        ("Anne Marie Dubois", "annemarie"),
        ("Omar Alsayed", "Al Sayed"),
        ("Omar Al-Sayed", "alsayed"),
        ("Dubois Anne‐Marie", "anne marie dubois"),
        ("Dr Maria Lee", "Lee"),
        ("Maria Lee", "Dr. Lee"),
    ],
)
def test_the_other_way_to_write_it_is_found_as_well(
    practice: Practice, recorded: str, typed: str
) -> None:
    PatientFactory(practice=practice, full_name=recorded)
    PatientFactory(practice=practice, full_name="Somebody Else")
    assert found(practice, typed) == [recorded]


def test_signs_that_mean_something_in_a_pattern_are_only_signs(practice: Practice) -> None:
    PatientFactory(practice=practice, full_name="A$+<=>^|~b €¬×")
    PatientFactory(practice=practice, full_name="Another One")
    for typed in ("A$+<=>^|~b", "a$+<", "^", "€¬×", "~"):
        assert found(practice, typed) == ["A$+<=>^|~b €¬×"]
    assert found(practice, "a+b") == []


def test_two_words_do_not_meet_in_the_middle(practice: Practice) -> None:
    PatientFactory(practice=practice, full_name="Maria Nolan")
    PatientFactory(practice=practice, full_name="Ana Nolte")
    assert found(practice, "anol") == []


def test_the_nearest_misspelling_comes_first(practice: Practice) -> None:
    for name in ("Ann Smyth", "Bea Smithe", "Eva Baker"):
        PatientFactory(practice=practice, full_name=name)
    practice.patients.filter(full_name="Bea Smithe").update(touched_at=NOW + timedelta(days=1))
    assert found(practice, "smythe") == ["Ann Smyth", "Bea Smithe"]


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


@pytest.mark.usefixtures("born")
@pytest.mark.parametrize(
    ("typed", "names"),
    [
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
    ],
)
def test_a_date_of_birth_is_found(practice: Practice, typed: str, names: list[str]) -> None:
    got = found(practice, typed)
    assert sorted(got) == sorted(names)
    if typed == "02/03/1948":
        assert got == names


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


@pytest.mark.parametrize(
    "recorded", [LONDON, "020 7946 0018", "(020) 7946-0018", "+44 (0)20 7946 0018", "02079460018"]
)
@pytest.mark.parametrize(
    "typed",
    [
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
    ],
)
def test_a_phone_number_is_found(practice: Practice, recorded: str, typed: str) -> None:
    PatientFactory(practice=practice, full_name="Ann Lee", phone=recorded)
    PatientFactory(practice=practice, full_name="Bea Lee", phone="020 7946 0019")
    assert found(practice, typed) == ["Ann Lee"]


@pytest.mark.parametrize(
    ("zone", "recorded", "typed"),
    [
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
    ],
)
def test_a_number_means_what_it_means_where_the_practice_is(
    alice_client: Client, practice: Practice, zone: str, recorded: str, typed: str
) -> None:
    practice.time_zone = zone
    practice.save()
    PatientFactory(practice=practice, full_name="Ann Lee", phone=recorded)
    PatientFactory(practice=practice, full_name="Bea Lee", phone="01947 654321")
    page = alice_client.get(LIST, {"q": typed})
    assert texts(page, "people__name") == ["Ann Lee"]
    assert recorded in main_text(page)


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
