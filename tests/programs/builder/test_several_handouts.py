"""Handouts of several patients, or of several versions, in one PDF."""

import dataclasses
import re
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Look, Practice, Role, User
from patients.models import Case
from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription
from tests.factories import CaseFactory
from tests.patients.pages import main_text
from tests.programs.pdf import Pdf
from tests.programs.portal.conftest import issue_for
from tests.programs.samples import ACCESS, sample_prescription

SHORT = {"kind": "compact"}
COMPACT = PrintOptions(kind="compact")


def issue(practice: Practice, by: User, name: str) -> IssuedPrescription:
    case = CaseFactory(patient__practice=practice, patient__full_name=name, clinician=by)
    return again(case, by)


def again(case: Case, by: User) -> IssuedPrescription:
    value = sample_prescription(1, figures=False)
    return issue_for(case, by, dataclasses.replace(value, patient_name=case.patient.full_name))


@pytest.fixture
def two(practice: Practice, alice: User) -> list[IssuedPrescription]:
    return [issue(practice, alice, name) for name in ("Margaret Ellison", "Beatrice Omondale")]


@cache
def paper(name: str) -> bytes:
    value = dataclasses.replace(sample_prescription(1, figures=False), patient_name=name)
    return render(value, ACCESS, COMPACT)


@pytest.fixture
def kept(two: list[IssuedPrescription]) -> list[IssuedPrescription]:
    """Both were printed before, each for the link that its patient has."""
    for row in two:
        Handout.objects.create(
            prescription=row,
            access=row.program.case.accesses.get(),
            large_print=False,
            options="compact",
            address=settings.PUBLIC_URL,
            pdf=paper(row.program.case.patient.full_name),
        )
    return two


def choose(client: Client, *rows: IssuedPrescription, **chosen: str) -> str:
    """Where what is ticked leads."""
    ticked = {"pick": [row.pk for row in rows], **SHORT, **chosen}
    answer = client.get(reverse("handouts"), ticked)
    assert answer.status_code == 302
    return answer.headers["Location"]


def looked(client: Client, address: str) -> str:
    """The page that waits, looked at once."""
    return client.get(client.get(address).headers["Location"]).content.decode()


def test_alice_ticks_two_of_her_patients_and_prints_them_as_one(
    alice_client: Client, kept: list[IssuedPrescription]
) -> None:
    pdf = Pdf(alice_client.get(choose(alice_client, *kept, sides="one")).content)
    assert ["Ellison" in page for page in pdf.pages] == [True, False]
    assert "Omondale" in pdf.pages[1]


def test_each_look_makes_one_more_and_says_how_many(
    alice_client: Client, two: list[IssuedPrescription]
) -> None:
    address = alice_client.get(choose(alice_client, *two)).headers["Location"]
    first = alice_client.get(address)
    assert "1 of 2 are ready. Look again" in main_text(first)
    assert '<meta http-equiv="refresh"' in first.content.decode()
    assert "Ellison" not in first.content.decode()
    assert Handout.objects.count() == 1
    second = alice_client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert second.strip().startswith('<div id="handouts-waiting">')
    assert "2 of 2 are ready." in second
    assert Handout.objects.count() == 2


def test_who_is_ready_gets_the_file_and_what_is_kept_is_not_made_again(
    alice_client: Client, kept: list[IssuedPrescription]
) -> None:
    address = choose(alice_client, *kept)
    page = main_text(alice_client.get(address.replace("/pdf/", "/")))
    assert "2 of 2 are ready. Open the PDF" in page
    answer = alice_client.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert (
        answer.headers["Content-Disposition"] == 'inline; filename="home-programs-2026-11-20-2.pdf"'
    )
    assert Handout.objects.count() == 2


def test_each_is_on_record_as_a_print_of_its_patient(
    alice_client: Client, kept: list[IssuedPrescription]
) -> None:
    alice_client.get(choose(alice_client, *kept))
    patients = {row.program.case.patient_id for row in kept}
    entries = AuditEntry.objects.filter(action="prescription.handout")
    assert {entry.patient for entry in entries} == patients
    assert {(entry.target_id, entry.details["together"]) for entry in entries} == {
        (str(row.pk), 2) for row in kept
    }
    looks = Look.objects.filter(page="handouts_together", kind="print")
    assert {look.patient for look in looks} == patients


def test_the_versions_of_a_case_are_printed_together(
    alice_client: Client, alice: User, kept: list[IssuedPrescription]
) -> None:
    case = kept[0].program.case
    newer = again(case, alice)
    address = reverse("case_handouts", args=[case.pk])
    assert "version 2, issued 20 Nov 2026" in main_text(alice_client.get(address))
    answer = alice_client.get(address, {"pick": [newer.pk, kept[0].pk], **SHORT})
    together = answer.headers["Location"]
    assert "Open the PDF" in looked(alice_client, together)
    pages = Pdf(alice_client.get(together).content).pages
    assert ["version 2" in pages[0], "version 1" in pages[2]] == [True, True]


def test_only_what_patients_have_now_is_listed(
    alice_client: Client, alice: User, bob: User, two: list[IssuedPrescription]
) -> None:
    again(two[0].program.case, alice)
    issue(two[0].practice, bob, "Ruth Castellane")
    words = main_text(alice_client.get(reverse("handouts")))
    assert "Margaret Ellison , Low back program , version 2" in words
    assert ("version 1" in words, "Castellane" in words) == (True, False)
    assert words.count("Margaret") == 1
    assert "Castellane" in main_text(alice_client.get(reverse("handouts"), {"of": "all"}))


def test_the_list_takes_as_many_queries_for_many(
    alice_client: Client,
    practice: Practice,
    alice: User,
    django_assert_num_queries: Any,
) -> None:
    for numbers in (range(1), range(1, 12)):
        for number in numbers:
            issue(practice, alice, f"Patient {number}")
        alice_client.get(reverse("handouts"))
        with django_assert_num_queries(7):
            page = alice_client.get(reverse("handouts"), {"tick": "all"})
        ticked = re.findall(r'name="pick"[^>]* checked', page.content.decode())
        assert len(ticked) == numbers.stop


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"kind": "compact"}, "Tick at least one handout."),
        ({"kind": "scroll", "pick": "1"}, "scroll is not one of the available choices"),
        ({"kind": "compact", "pick": list(range(1, 42))}, "Tick at most 40. You ticked 41."),
    ],
)
def test_what_cannot_be_printed_is_said_and_the_choices_stay(
    alice_client: Client, two: list[IssuedPrescription], chosen: dict[str, object], said: str
) -> None:
    answer = alice_client.get(reverse("handouts"), {**chosen, "size": "large"})
    assert answer.status_code == 422
    assert said in main_text(answer)
    assert 'id="id_size_1"' in answer.content.decode()
    assert re.search(r'id="id_size_1"[^>]* checked', answer.content.decode())


def test_an_assistant_prints_and_sees_everybody_s(
    bob_client: Client, practice: Practice, bob: User, kept: list[IssuedPrescription]
) -> None:
    practice.memberships.filter(user=bob).update(role=Role.ASSISTANT)
    assert "Margaret Ellison" in main_text(bob_client.get(reverse("handouts")))
    assert len(Pdf(bob_client.get(choose(bob_client, kept[0])).content).pages) == 1


def test_charlie_gets_none_of_them_not_even_among_his_own(
    charlie_client: Client, charlie: User, two: list[IssuedPrescription]
) -> None:
    own = issue(charlie.memberships.get().practice, charlie, "Hannah Hill")
    assert main_text(charlie_client.get(reverse("handouts"))).count("version") == 1
    for numbers in (f"{two[0].pk}", f"{own.pk}-{two[0].pk}", "x", "9" * 30):
        for name in ("handouts_wait", "handouts_together"):
            assert charlie_client.get(reverse(name, args=[numbers]), SHORT).status_code == 404
    case = reverse("case_handouts", args=[two[0].program.case_id])
    assert charlie_client.get(case).status_code == 404
    picked = charlie_client.get(reverse("handouts"), {"pick": two[0].pk, **SHORT})
    assert picked.status_code == 404
    assert Handout.objects.count() == 0
