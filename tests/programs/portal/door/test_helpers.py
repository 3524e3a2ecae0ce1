"""Who helps a patient: a link of their own, their name on what they enter, closed alone."""

import csv
import io
import json
import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, User
from patients.models import SymptomLog
from programs.access.actions import MOST_HELPERS, add_helper
from programs.access.models import PatientAccess
from programs.exchange.fhir.cases import case_resources
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription, Program
from programs.sessions.models import ExerciseLog, SessionLog
from tests.clock import NOW
from tests.programs.portal.conftest import link, open_door
from tests.programs.samples import sample_prescription

pytestmark = pytest.mark.django_db

DORA = {"name": "Dora ", "helper_is": "daughter"}


def address(program: Program) -> str:
    return reverse("patient_helpers", args=[program.pk])


@pytest.fixture
def dora(bob_client: Client, program: Program) -> PatientAccess:
    bob_client.post(address(program), DORA)
    return PatientAccess.objects.of_helpers().get()


def closing(link: PatientAccess, program: Program) -> str:
    return reverse("patient_helper_close", args=[program.pk, link.pk])


def send(phone: Client, page: str, *, run: uuid.UUID | None = None) -> dict[str, str]:
    """One exercise done and how it was, as a device sends them; their ids."""
    run = run or uuid.uuid4()
    done, felt = str(uuid.uuid4()), str(uuid.uuid4())
    item = sample_prescription().items[0].item
    common = {"session": str(run), "at": NOW.isoformat()}
    entries = [
        {**common, "type": "exercise", "id": done, "item": item, "state": "done"},
        {**common, "type": "symptoms", "id": felt, "phase": "after", "pain": 4},
    ]
    answer = phone.post(f"{page}log/", json.dumps({"entries": entries}), "application/json")
    assert answer.json()["refused"] == []
    return {"exercise": done, "symptoms": felt}


def test_a_helper_gets_a_link_and_a_code_of_their_own(
    bob_client: Client, program: Program, access: PatientAccess, dora: PatientAccess
) -> None:
    page = bob_client.get(address(program)).content.decode()
    assert dora.helper_words == "Dora (daughter)"
    assert f"/p/{dora.token}/" in page
    assert f"<strong>{dora.code[:4]} {dora.code[4:]}</strong>" in page
    assert access.token not in page
    own = bob_client.get(reverse("patient_access", args=[program.pk])).content.decode()
    assert f"/p/{access.token}/" in own
    assert "Dora (daughter)" in own
    assert dora.token not in own


def test_the_same_form_sent_twice_makes_one_link(
    bob_client: Client, program: Program, dora: PatientAccess
) -> None:
    bob_client.post(address(program), {"name": "dora", "helper_is": "Daughter"})
    assert list(PatientAccess.objects.of_helpers()) == [dora]


def test_a_name_is_asked_for_and_what_was_typed_stays(bob_client: Client, program: Program) -> None:
    answer = bob_client.post(address(program), {"name": "Dora", "helper_is": "  "})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say who it is to the patient." in page
    assert 'value="Dora"' in page
    assert PatientAccess.objects.of_helpers().count() == 0


def test_only_so_many_have_a_link_at_a_time(
    bob_client: Client, bob: User, program: Program, dora: PatientAccess
) -> None:
    for number in range(1, MOST_HELPERS):
        add_helper(case=program.case, actor=bob, name=f"Aide {number}", helper_is="carer")
    answer = bob_client.post(address(program), {"name": "One more", "helper_is": "carer"})
    assert "6 people have a link. Close one first." in answer.content.decode()
    assert PatientAccess.objects.of_helpers().count() == 6


def test_the_door_asks_a_helper_for_the_patients_year(
    dora: PatientAccess, access: PatientAccess, phone: Client
) -> None:
    assert "What year was the person you help born?" in phone.get(link(dora)).content.decode()
    assert "Type the year they were born." in phone.post(link(dora)).content.decode()
    assert "What year were you born?" in phone.get(link(access)).content.decode()
    page = phone.get(open_door(phone, dora)).content.decode()
    assert "You are here as <strong><bdi>Dora (daughter)</bdi></strong>." in page
    own = phone.get(open_door(phone, access)).content.decode()
    assert "You are here as" not in own
    entries = AuditEntry.objects.filter(action="patient_access.opened").order_by("pk")
    assert [(e.actor_label, e.target_id) for e in entries] == [
        ("helper", str(dora.pk)),
        ("patient", str(access.pk)),
    ]


def test_what_a_helper_enters_says_so_everywhere(
    bob_client: Client, dora: PatientAccess, access: PatientAccess, phone: Client
) -> None:
    told = send(phone, open_door(phone, dora))
    send(phone, own := open_door(phone, access))
    assert list(SessionLog.objects.order_by("pk").values_list("helper", flat=True)) == [
        "Dora (daughter)",
        "",
    ]
    case = access.case
    log = bob_client.get(reverse("case_log", args=[case.pk])).content.decode()
    assert log.count("Entered by <bdi>Dora (daughter)</bdi>") == 2
    diary = phone.get(f"{own}diary/").content.decode()
    assert diary.count("Entered by <bdi>Dora (daughter)</bdi>.") == 2
    table = bob_client.get(reverse("case_log_csv", args=[case.pk]))
    text = b"".join(table.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sorted(row["Entered by"] for row in rows) == [
        "Dora (daughter)",
        "Dora (daughter)",
        "The patient",
        "The patient",
    ]
    assert {str(row.client_id) for row in ExerciseLog.objects.exclude(helper="")} == {
        told["exercise"]
    }
    assert str(SymptomLog.objects.exclude(helper="").get().client_id) == told["symptoms"]


def test_a_warning_sign_that_a_helper_tells_is_theirs_on_the_screen(
    bob_client: Client, dora: PatientAccess, access: PatientAccess, phone: Client
) -> None:
    sign = {
        "type": "symptoms", "id": str(uuid.uuid4()), "session": str(uuid.uuid4()),
        "at": NOW.isoformat(), "phase": "after", "red_flags": ["rf_foot_drop"],
    }  # fmt: skip
    phone.post(f"{open_door(phone, dora)}log/", {"entries": [sign]}, "application/json")
    for name in ("case", "safety_screen", "case_timeline", "case_history"):
        page = bob_client.get(reverse(name, args=[access.case.pk])).content.decode()
        assert ("Dora (daughter)" in page, "The patient," in page) == (True, False), name
    (answer,) = (r for r in case_resources(access.case, 7) if r["id"].startswith("answer-"))
    assert answer["performer"] == [{"type": "RelatedPerson", "display": "Dora (daughter)"}]
    own, hers = (phone.get(open_door(phone, of)).content.decode() for of in (access, dora))
    assert "<bdi>Dora (daughter)</bdi> told us about a warning sign" in own
    assert "You told us about a warning sign" in hers
    for whose, words in ((access, "<bdi>Dora (daughter)</bdi> told us"), (dora, "You told us")):
        diary = phone.get(f"{open_door(phone, whose)}diary/").content.decode().split()
        assert f"{words} about a warning sign: A foot" in " ".join(diary)
    card = "Told by <bdi>Dora (daughter)</bdi>, who helps the patient."
    assert card in bob_client.get(reverse("inbox")).content.decode()
    told = AuditEntry.objects.get(action="case.patient_report")
    assert told.actor_label == "helper"


def test_a_correction_by_a_helper_is_theirs_and_the_earlier_word_the_patients(
    bob_client: Client, dora: PatientAccess, access: PatientAccess, phone: Client
) -> None:
    run = uuid.uuid4()
    send(phone, open_door(phone, access), run=run)
    send(phone, open_door(phone, dora), run=run)
    first, second = ExerciseLog.objects.order_by("pk")
    assert (first.helper, second.helper, second.corrects) == ("", "Dora (daughter)", first)
    assert SessionLog.objects.get().helper == ""


def test_closing_a_helpers_link_closes_that_one_alone_at_once(
    bob_client: Client, program: Program, access: PatientAccess, dora: PatientAccess, phone: Client
) -> None:
    hers, own = open_door(phone, dora), open_door(phone, access)
    answer = bob_client.post(closing(dora, program), follow=True).content.decode()
    assert "The link of Dora (daughter) is closed on every device." in answer
    assert [phone.get(place).status_code for place in (hers, link(dora), own)] == [404, 404, 200]
    again = bob_client.post(closing(dora, program), follow=True).content.decode()
    assert "This link was closed already." in again
    entry = AuditEntry.objects.filter(action="patient_access.revoked").get()
    assert (entry.actor_label, entry.target_id) == ("Bob Brown", str(dora.pk))


def test_closing_the_patients_link_leaves_the_helpers_open(
    bob_client: Client, program: Program, access: PatientAccess, dora: PatientAccess, phone: Client
) -> None:
    hers = open_door(phone, dora)
    bob_client.post(reverse("patient_access_revoke", args=[program.pk]))
    bob_client.post(reverse("patient_access_renew", args=[program.pk]))
    assert phone.get(hers).status_code == 200
    access.refresh_from_db()
    assert not access.is_usable


def test_what_waits_on_a_shared_tablet_is_sent_by_whoever_entered_it(
    dora: PatientAccess, access: PatientAccess, phone: Client
) -> None:
    hers = phone.get(open_door(phone, dora)).context["request"].owner
    own = phone.get(open_door(phone, access)).context["request"].owner
    assert hers != own
    choices = phone.get(reverse("portal_today")).content.decode()
    assert "<bdi>Margaret Ellison</bdi>, helped by\n      <bdi>Dora (daughter)</bdi>" in choices


def test_the_paper_that_a_helper_prints_carries_the_patients_link(
    issued: IssuedPrescription, dora: PatientAccess, access: PatientAccess, phone: Client
) -> None:
    paper = {"large_print": False, "address": settings.PUBLIC_URL, "pdf": b"%PDF the patient's"}
    Handout.objects.create(prescription=issued, access=access, **paper)
    page = open_door(phone, dora)
    assert phone.get(f"{page}print/").content == b"%PDF the patient's"


def test_issuing_anew_makes_the_helpers_link_last_too(
    issued: IssuedPrescription, access: PatientAccess, dora: PatientAccess
) -> None:
    PatientAccess.objects.update(expires_at=NOW)
    PatientAccess.objects.ensure(case=access.case, by=issued.issued_by)
    dora.refresh_from_db()
    assert dora.is_usable


def test_charlie_neither_sees_nor_makes_nor_closes_a_helpers_link(
    charlie_client: Client, program: Program, dora: PatientAccess
) -> None:
    assert charlie_client.get(address(program)).status_code == 404
    assert charlie_client.post(address(program), DORA).status_code == 404
    assert charlie_client.post(closing(dora, program)).status_code == 404
    dora.refresh_from_db()
    assert dora.is_usable


def test_the_patients_own_link_is_not_closed_as_a_helpers(
    bob_client: Client, program: Program, access: PatientAccess
) -> None:
    assert bob_client.post(closing(access, program)).status_code == 404
    access.refresh_from_db()
    assert access.is_usable
