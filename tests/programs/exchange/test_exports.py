"""Everything about one patient, and of a practice, as files that others can read."""

import csv
import io
import json
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from fhir.resources.R4B.bundle import Bundle

from clinic.models import Look, Practice, User
from patients.measures.actions import add_measures
from patients.models import Case, Patient, VisitNote
from patients.visits import actions as visit_actions
from programs.access.models import PatientAccess
from programs.exchange.record import record_html
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription
from tests import factories
from tests.clock import NOW, TODAY
from tests.kept_rows import put_demo
from tests.patients.pages import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db: None) -> Practice:
    put_demo()
    return Practice.objects.get(name="Harbour Physiotherapy")


@pytest.fixture
def owner(demo: Practice) -> Client:
    client = Client()
    client.force_login(User.objects.get(email="alice@harbour.example"))
    return client


@pytest.fixture
def case(practice: Practice) -> Case:
    return factories.CaseFactory(patient__practice=practice, patient__full_name="Hannah Hale")


def unpacked(answer: Any) -> dict[str, bytes]:
    whole = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert whole.testzip() is None
    return {name: whole.read(name) for name in whole.namelist()}


KINDS = {
    "CarePlan", "Condition", "DocumentReference", "EpisodeOfCare", "Flag", "Goal", "Observation",
    "Organization", "Patient", "Practitioner", "Procedure", "ServiceRequest",
}  # fmt: skip
"""Of FHIR: what the bundles of the demo hold."""


@pytest.mark.long
def test_everything_of_a_practice_and_nothing_of_another(owner: Client, demo: Practice) -> None:
    """Each patient's record in a folder; as FHIR it is valid, and leads nowhere else."""
    print_elsewhere(demo, but="Margaret Hollowell")
    files = unpacked(owner.get(reverse("practice_export")))
    here = {str(pk) for pk in demo.patients.standing().values_list("pk", flat=True)}
    folders = {name.split("/")[1] for name in files if name.startswith("patients/")}
    assert folders == here
    assert {"practice.json", "access.csv"} <= set(files)
    own = json.loads(files["practice.json"])
    assert [row["name"] for row in own["clinic.Practice"]] == ["Harbour Physiotherapy"]
    text = b"".join(content for name, content in files.items() if not name.endswith(".pdf"))
    assert b"Charlie Cole" not in text
    issued = IssuedPrescription.objects.filter(practice=demo)
    pdfs = [content for name, content in files.items() if name.endswith(".pdf")]
    assert len(pdfs) >= issued.count() >= 10
    assert all(content.startswith(b"%PDF") for content in pdfs)
    assert set().union(*(kinds_of(files[f"patients/{pk}/fhir.json"]) for pk in here)) == KINDS


def print_elsewhere(practice: Practice, *, but: str) -> None:
    """Every version of all patients but one is printed already; what it looks like is no matter."""
    for access in PatientAccess.objects.filter(practice=practice, revoked_at=None):
        issued = IssuedPrescription.objects.filter(program__case=access.case, handouts=None)
        for one in issued.exclude(program__case__patient__full_name=but):
            Handout.objects.create(
                prescription=one, access=access, large_print=False, pdf=b"%PDF kept"
            )


def kinds_of(text: bytes) -> set[str]:
    """The kinds of a valid bundle that holds each resource once, and all it refers to."""
    checked: Any = Bundle.model_validate_json(text)
    found = {f"{e.resource.get_resource_type()}/{e.resource.id}" for e in checked.entry}
    assert len(found) == len(checked.entry)
    assert references(json.loads(text)) <= found
    return {name.partition("/")[0] for name in found}


def references(value: Any) -> set[str]:
    """Every reference anywhere in a document."""
    if isinstance(value, dict):
        own = {value["reference"]} if isinstance(value.get("reference"), str) else set()
        return own.union(*(references(part) for part in value.values()))
    return set().union(*(references(part) for part in value)) if isinstance(value, list) else set()


def test_a_record_holds_what_is_known_and_the_handouts_and_opens_no_door(
    owner: Client, demo: Practice
) -> None:
    patient = demo.patients.get(full_name="Margaret Hollowell")
    files = unpacked(owner.get(reverse("patient_export", args=[patient.pk])))
    assert {"record.html", "record.json", "fhir.json", "reports.csv", "access.csv"} <= set(files)
    page = files["record.html"].decode()
    assert "Record of <bdi>Margaret Hollowell</bdi>" in page
    assert "version 2" in page
    pdfs = [content for name, content in files.items() if name.startswith("handouts/")]
    assert pdfs
    assert all(content.startswith(b"%PDF") for content in pdfs)
    tables = json.loads(files["record.json"])
    assert [row["full_name"] for row in tables["patients.Patient"]] == ["Margaret Hollowell"]
    assert len(tables["programs.IssuedPrescription"]) == 2
    named = {row["pdf"] for row in tables["programs.Handout"]}
    assert named == {name for name in files if name.startswith("handouts/")}
    access = PatientAccess.objects.get(case__patient=patient, revoked_at=None)
    text = b"".join(content for name, content in files.items() if not name.endswith(".pdf"))
    doors = (access.token, access.code, access.token_hash, access.code_hash)
    assert [secret for secret in doors if secret.encode() in text] == []


def test_a_merged_record_comes_with_the_one_that_stands(
    alice_client: Client, alice: User, case: Case
) -> None:
    gone = factories.PatientFactory(practice=case.practice, full_name="Hanna Hale")
    Patient.objects.filter(pk=gone.pk).update(merged_into=case.patient)
    files = unpacked(alice_client.get(reverse("patient_export", args=[gone.pk])))
    people = {row["full_name"] for row in json.loads(files["record.json"])["patients.Patient"]}
    assert people == {"Hannah Hale", "Hanna Hale"}


def test_a_record_has_visits_measures_and_reviews(alice: User, case: Case) -> None:
    note: VisitNote = factories.VisitNoteFactory(case=case, author=alice, plan="Walk <daily>.")
    values = {name: getattr(note, name) for name in visit_actions.VISIT_FIELDS}
    note = visit_actions.save_visit(visit=note, actor=alice, seen=1, values=values, sign=True)
    visit_actions.amend_visit(visit=note, actor=alice, key=uuid4(), words="Rang her.")
    factories.VisitNoteFactory(case=case, author=alice, discarded_at=NOW)
    values = {"pain": 6, "walking_minutes": 1}
    add_measures(case=case, actor=alice, taken_on=TODAY, values=values, key=uuid4())
    case.reviews.create(outcome="amend", note="Walks <less>.", by=alice, key=uuid4())
    page = b"".join(record_html(case.patient, [fresh(case)])).decode()
    assert "20 Nov 2026, Alice Archer: Pain: 6 of 10;" in page
    assert "change the program. Walks &lt;less&gt;." in page
    assert "<dt>Plan</dt><dd>Walk &lt;daily&gt;.</dd>" in page
    assert "<dd>Rang her.</dd>" in page
    assert "Signed by Alice Archer" in page
    assert "a draft that was thrown away" in page


def test_the_reports_are_a_table_without_formulas(owner: Client, demo: Practice) -> None:
    case = demo.cases.get(patient__full_name="Marek Olszewitz")
    log = case.symptom_logs.create(
        session="6f1b0d9e-0000-4000-8000-000000000001",
        client_id="6f1b0d9e-0000-4000-8000-000000000001",
        phase="before",
        at="2026-11-01T08:00:00+00:00",
        pain=4,
        item_name='=HYPERLINK("x")',
    )
    answer: Any = owner.get(reverse("case_log_csv", args=[case.pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    (row,) = [row for row in rows if row["Number"] == f"s{log.pk}"]
    assert (row["Exercise"], row["Pain (0 to 10)"]) == ('\'=HYPERLINK("x")', "4")
    assert len(rows) > 10


def test_taking_out_is_on_record(alice_client: Client, case: Case) -> None:
    unpacked(alice_client.get(reverse("patient_export", args=[case.patient_id])))
    reports: Any = alice_client.get(reverse("case_log_csv", args=[case.pk]))
    b"".join(reports.streaming_content)
    unpacked(alice_client.get(reverse("practice_export")))
    rows = Look.objects.filter(kind="export").order_by("pk").values_list("page", "patient")
    assert list(rows) == [
        ("patient_export", case.patient_id),
        ("case_log_csv", case.patient_id),
        ("practice_export", None),
    ]


@pytest.mark.parametrize("name", ["patient_export", "practice_export"])
def test_whole_records_are_for_the_lead(bob_client: Client, case: Case, name: str) -> None:
    args = [case.patient_id] if name == "patient_export" else []
    assert bob_client.get(reverse(name, args=args)).status_code == 403
