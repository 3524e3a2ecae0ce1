"""Patients from a table: looked at first, then registered as a whole."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from clinic.models import AuditEntry, Practice, Role, User
from clinic.parsing.tables import read_table
from patients.models import Patient
from patients.people.arriving.actions import register_arrivals, registering
from patients.people.arriving.reading import read_arrivals
from tests import factories
from tests.patients.pages import main_text

URL = "/patients/import/"
HEAD = "Full name;Date of birth;Sex;E-mail;Phone;Notes;Insurance\r\n"
TWO = (
    HEAD
    + 'Zoë O’Brien;20/11/1960;f;zoe@example.org;\'+44 20 7946 0018;"Likes; walks";A1\r\n'
    + "Tom Reed;1971-02-03;;;;;\r\n"
)


def look(client: Client, text: str, encoding: str = "cp1252", **sent: str) -> Any:
    upload = SimpleUploadedFile("people.csv", text.encode(encoding), "text/csv")
    return client.post(URL, {"what": "look", "dates": "day", "table": upload, **sent})


def register(client: Client, shown: Any) -> Any:
    """Press the button of the page, with what its hidden fields hold."""
    given = shown.context["form"].cleaned_data
    kept, token = shown.context["text"], shown.context["token"]
    data = {"what": "register", "kept": kept, "dates": given["dates"], "token": token}
    return client.post(URL, data)


def test_a_table_is_shown_first_and_registered_as_a_whole(
    practice: Practice, alice: User, alice_client: Client
) -> None:
    shown = look(alice_client, TWO)
    page = main_text(shown)
    assert "2 patients to register" in page
    assert "Nothing is taken from these columns: Insurance." in page
    assert not Patient.objects.exists()
    for _ in range(2):
        assert register(alice_client, shown).headers["Location"] == "/patients/"
    found = Patient.objects.order_by("full_name").values_list(
        "full_name", "date_of_birth__year", "sex", "email", "phone", "clinician_notes"
    )
    assert list(found) == [
        ("Tom Reed", 1971, "", "", "", ""),
        ("Zoë O’Brien", 1960, "female", "zoe@example.org", "+44 20 7946 0018", "Likes; walks"),
    ]
    assert set(practice.patients.values_list("created_by", flat=True)) == {alice.pk}
    told = AuditEntry.objects.filter(action="patient.import").order_by("pk")
    assert [entry.details for entry in told] == [{"patients": 2}]


def test_each_problem_is_named_by_line_and_column_and_nobody_is_registered(
    practice: Practice, alice_client: Client
) -> None:
    text = (
        "First name,Surname,DOB,Gender,Mail\n"
        "Ann,Lee,31/02/1960,f,ann@example.org\n"
        "Bo,Lee,01/02/1960,x,nobody\n"
        ",,01/02/2960,,\n"
        "Cy,Lee,01/02/1960,,\n"
        "cy,LEE,01/02/1960,,\n"
    )
    shown = look(alice_client, text, "utf-16")
    page = main_text(shown)
    assert shown.status_code == 422
    assert "6 things have to be put right" in page
    for said in (
        "2 DOB “31/02/1960” is not a date. Write it like 20/11/1960.",
        "3 Gender “x” is not known. Write female, male or nothing.",
        "3 Mail This is not an e-mail address.",
        "4 Surname Enter the patient's name.",
        "4 DOB The date of birth is in the future. Check the year.",
        "6 Surname The same name and date of birth stand in line 5.",
    ):
        assert said in page
    assert 'value="register"' not in shown.content.decode()
    assert register(alice_client, shown).status_code == 422
    assert not Patient.objects.exists()


def test_who_is_registered_already_is_left_out(practice: Practice, alice_client: Client) -> None:
    factories.PatientFactory(practice=practice, full_name="Reed, Tom", date_of_birth="1971-02-03")
    shown = look(alice_client, TWO, "utf-8-sig")
    page = main_text(shown)
    assert "1 patient to register" in page
    assert "1 line is about somebody who is registered already" in page
    register(alice_client, shown)
    assert practice.patients.count() == 2


def test_the_month_comes_first_where_it_is_said(practice: Practice, alice_client: Client) -> None:
    shown = look(alice_client, "Name,Born\nAnn Lee,02/03/1948\n", dates="month")
    register(alice_client, shown)
    assert practice.patients.get().date_of_birth.isoformat() == "1948-02-03"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Name,Geburtstag\nAnn Lee,1\n",
            "There is no column “Date of birth” in the first line. It names “Name”, “Geburtstag”.",
        ),
        ("Name,Born\n", "There is nobody below the first line."),
        ('Name,Born\n"Ann', "Line 2: a quotation mark is open"),
        ("", "This file is empty."),
    ],
)
def test_a_file_that_is_no_such_table_is_told(alice_client: Client, text: str, said: str) -> None:
    shown = look(alice_client, text)
    assert (shown.status_code, said in main_text(shown)) == (422, True)


def test_a_page_without_a_file_asks_for_one(alice_client: Client) -> None:
    assert "Choose a file." in main_text(alice_client.post(URL, {"dates": "day"}))
    table = b"".join(alice_client.get(f"{URL}?as=csv")).decode("utf-8-sig")
    assert table == "Full name,Date of birth,Sex,E-mail,Phone,Notes\r\n"


def test_a_reader_registers_nobody_and_each_practice_keeps_its_own(
    practice: Practice, bob: User, bob_client: Client, charlie_client: Client
) -> None:
    shown = look(charlie_client, TWO)
    register(charlie_client, shown)
    assert (practice.patients.count(), Patient.objects.count()) == (0, 2)
    practice.memberships.filter(user=bob).update(role=Role.READ_ONLY)
    assert look(bob_client, TWO).status_code == 403


def test_two_tables_about_the_same_people_at_once_register_them_once(
    practice: Practice, alice: User
) -> None:
    table = read_table(TWO.encode("cp1252"))
    # Both were looked at before either was registered.
    looked = [read_arrivals(table, practice, month_first=False).new for _ in range(2)]
    counts = [
        register_arrivals(practice=practice, actor=alice, arrivals=new, token=uuid4())
        for new in looked
    ]
    assert counts == [2, 0]
    assert Patient.objects.count() == 2
    assert AuditEntry.objects.filter(action="patient.import").count() == 1


def test_a_long_table_says_how_far_it_is(practice: Practice, alice_client: Client) -> None:
    lines = "".join(f"Person {n};1960-01-{n % 28 + 1:02};;;;;\r\n" for n in range(50))
    shown = look(alice_client, HEAD + lines)
    page = main_text(HttpResponse(register(alice_client, shown).streaming_content))
    assert "50 people are registered, all of them or nobody." in page
    assert "2 of 50 4 of 50 6 of 50" in page
    assert page.endswith("50 of 50 50 patients are registered. To the patients")
    assert register(alice_client, shown).status_code == 302, "nobody is left to register"
    assert practice.patients.count() == 50


def test_whoever_stops_it_has_registered_nobody(practice: Practice, alice: User) -> None:
    arrivals = read_arrivals(read_table(TWO.encode()), practice, month_first=False).new
    steps = registering(practice=practice, actor=alice, arrivals=arrivals, token=uuid4())
    assert next(steps) == 1
    steps.close()
    assert not Patient.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_fault_on_the_way_undoes_it_and_is_told(practice: Practice, alice_client: Client) -> None:
    lines = "".join(f"Person {n};1960-01-{n % 28 + 1:02};;;;;\r\n" for n in range(50))
    parts = iter(register(alice_client, look(alice_client, HEAD + lines)).streaming_content)
    begun = next(parts) + next(parts)
    # As after a statement that the database refused.
    transaction.set_rollback(True)
    page = main_text(HttpResponse([begun, *parts]))
    assert "2 of 50 Something went wrong, and it was broken off." in page
    assert page.endswith("nobody is registered twice. To the patients")
    assert not Patient.objects.exists()
