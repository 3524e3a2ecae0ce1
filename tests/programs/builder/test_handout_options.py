"""Printing a version another way: chosen on a page, remembered, and no new version."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice, User
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription
from tests.factories import CaseFactory
from tests.programs.pdf import Pdf
from tests.programs.portal.conftest import issue_for
from tests.programs.samples import sample_prescription


@pytest.fixture
def issued(practice: Practice, alice: User) -> IssuedPrescription:
    return issue_for(CaseFactory(patient__practice=practice), alice, sample_prescription(3))


def address(issued: IssuedPrescription, name: str = "prescription_handout") -> str:
    return reverse(name, args=[issued.program_id, issued.version])


def printed(client: Client, issued: IssuedPrescription, **chosen: str) -> Pdf:
    answer = client.get(address(issued), chosen)
    assert answer.status_code == 200
    return Pdf(answer.content)


def checked(page: str) -> list[str]:
    """The choices that are made already."""
    return re.findall(r'id="(\w+)"[^>]* checked', page)


def test_alice_chooses_and_gets_that_pdf(alice_client: Client, issued: IssuedPrescription) -> None:
    pdf = printed(alice_client, issued, kind="standard", size="large", chart="no", paper="Letter")
    assert pdf.sizes_mm == {(216, 279)}
    assert 16 in pdf.font_sizes_pt(0)
    assert "Did it?" not in pdf.text
    assert "Call 999 now if" in pdf.text


def test_the_short_one_is_a_page_that_says_when_to_stop_and_when_to_call_and_is_kept(
    alice_client: Client, issued: IssuedPrescription
) -> None:
    pdf, again = (printed(alice_client, issued, kind="compact") for _ in range(2))
    assert len(pdf.pages) == 1
    for item in sample_prescription(3).items:
        assert item.name in pdf.pages[0]
        assert item.steps[0] not in pdf.pages[0]
    for words in ("If you are not sure, stop and call us.", "Call 999 now if:"):
        assert words in pdf.pages[0]
    assert pdf.text == again.text
    assert IssuedPrescription.objects.count() == 1, "a reprint is no new version"
    assert Handout.objects.filter(options="compact").count() == 1


def test_pictures_alone_have_no_steps(alice_client: Client, issued: IssuedPrescription) -> None:
    pdf = printed(alice_client, issued, kind="pictures")
    for item in sample_prescription(3).items:
        assert item.name in pdf.text
        assert item.steps[-1] not in pdf.text


def test_the_choice_is_offered_again(alice_client: Client, issued: IssuedPrescription) -> None:
    page = alice_client.get(address(issued, "handout_options")).content.decode()
    assert checked(page) == ["id_kind_0", "id_size_0", "id_chart_0", "id_paper_0"]
    printed(alice_client, issued, kind="compact", size="large")
    page = alice_client.get(address(issued, "handout_options")).content.decode()
    assert checked(page) == ["id_kind_1", "id_size_1", "id_chart_0", "id_paper_0"]


def test_what_is_no_choice_is_said(alice_client: Client, issued: IssuedPrescription) -> None:
    answer = alice_client.get(address(issued), {"kind": "scroll", "paper": "Foolscap"})
    assert answer.status_code == 422
    assert "scroll is not one of the available choices" in answer.content.decode()
    assert Handout.objects.count() == 0


def test_the_next_handout_is_printed_as_the_last_and_each_clinician_s_way_is_their_own(
    alice_client: Client, bob_client: Client, issued: IssuedPrescription
) -> None:
    printed(alice_client, issued, kind="compact")
    assert len(printed(alice_client, issued).pages) == 1
    issued.program.draft_open = False
    issued.program.save()
    program = reverse("program", args=[issued.program_id])
    assert "Printed as you chose last: short." in alice_client.get(program).content.decode()
    assert len(printed(bob_client, issued).pages) == 3
    assert IssuedPrescription.objects.count() == 1


def test_a_cover_note_stands_on_a_page_in_front_and_is_not_kept(
    alice_client: Client, issued: IssuedPrescription
) -> None:
    chosen = {"kind": "standard", "cover": "Dear Margaret, as promised. <b>See you soon.</b>"}
    answer = alice_client.post(address(issued, "handout_options"), chosen)
    pages = Pdf(answer.content).pages
    assert "Dear Margaret, as promised. <b>See you soon.</b>" in pages[0]
    assert "Bob Brown, Physiotherapist" in pages[0]
    assert len(pages) == 4
    assert "Exercises for Margaret" in pages[1]
    assert Handout.objects.count() == 0


def test_without_a_note_the_handout_has_its_address(
    alice_client: Client, issued: IssuedPrescription
) -> None:
    chosen = {"kind": "compact", "size": "large", "cover": "  "}
    answer = alice_client.post(address(issued, "handout_options"), chosen)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{address(issued)}?kind=compact&size=large&chart=&paper="


def test_a_note_that_cannot_be_printed_is_refused_and_kept(
    alice_client: Client, issued: IssuedPrescription
) -> None:
    said = "Well done \uf123"
    answer = alice_client.post(
        address(issued, "handout_options"), {"kind": "compact", "cover": said}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These signs cannot be printed" in page
    assert (said in page, checked(page)[0]) == (True, "id_kind_1")


def test_a_broken_cookie_offers_the_usual(
    alice_client: Client, alice: User, issued: IssuedPrescription
) -> None:
    alice_client.cookies[f"handout-{alice.pk}"] = "kind=%00;&&&="
    page = alice_client.get(address(issued, "handout_options")).content.decode()
    assert checked(page)[0] == "id_kind_0"


def test_charlie_prints_nothing_of_alice_s(
    charlie_client: Client, issued: IssuedPrescription
) -> None:
    for name in ("prescription_handout", "handout_options"):
        assert charlie_client.get(address(issued, name), {"kind": "compact"}).status_code == 404
