"""The demo practice: who is in it, what their cases show, and that it is made once."""

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from clinic import demo
from clinic.models import Membership, Practice, User
from patients.measures.course import measures_of
from patients.models import Case, Patient
from programs.access.models import PatientAccess
from programs.demo.build import birth_date
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription, Override, Program
from programs.verdicts.judgement import judge_program
from tests.every_row import every
from tests.kept_rows import put_demo


@pytest.fixture
def catalogue(db: None) -> None:
    call_command("load_catalogue", verbosity=0)


@pytest.fixture
def harbour(db: None) -> Practice:
    put_demo()
    return Practice.objects.get(name="Harbour Physiotherapy")


def case_of(patient: str) -> Case:
    return Case.objects.with_facts().get(patient__full_name__startswith=patient)


def verdicts(program: Program) -> dict[str, str]:
    items = judge_program(program).items
    return {
        " ".join([j.item.exercise.slug, j.item.side]).strip(): j.standing.verdict for j in items
    }


def test_practices_have_the_promised_people(harbour: Practice) -> None:
    people = Membership.objects.order_by("practice__name", "pk")
    assert [(m.practice.name, m.user.full_name, m.role) for m in people] == [
        ("Harbour Physiotherapy", "Alice Archer", "owner"),
        ("Harbour Physiotherapy", "Bob Brown", "clinician"),
        ("Harbour Physiotherapy", "Dana Delling", "clinician"),
        ("Hillside Physical Therapy", "Charlie Cole", "owner"),
        ("Hillside Physical Therapy", "Dana Delling", "clinician"),
    ]
    assert harbour.patients.count() == 18
    door = reverse("sign_in")
    response = Client().post(door, {"username": demo.EMAIL, "password": demo.PASSWORD})
    assert (response.status_code, response["Location"]) == (302, reverse("dashboard"))


def test_cases_exercise_the_content(harbour: Practice) -> None:
    today = case_of("Walter").today()
    assert case_of("Walter").current_surgeries[0].weeks_ago(today) == 5
    assert case_of("Sofia").pregnancy_weeks_on(today) == 24
    assert case_of("Priya").directional_preference == "extension"
    assert [str(answer) for answer in case_of("Ruth").open_stops()] == ["Foot drop: Yes"]
    assert [a.code for a in case_of("Walter").answers_saying_yes() if a.is_cleared] == [
        "rf_dvt_pattern"
    ]
    assert case_of("Helen").current_answers.keys() < case_of("Margaret").current_answers.keys()
    history = case_of("Margaret").answers.filter(code="hypertension_controlled").order_by("pk")
    assert [(a.answer, a.who) for a in history] == [
        ("no", "Bob Brown"),
        ("yes", "Alice Archer"),
    ]


def test_nine_programs_are_issued_and_one_amended(harbour: Practice) -> None:
    versions = IssuedPrescription.objects.order_by("program__case__patient__full_name", "version")
    assert [(i.prescription().patient_name, i.version) for i in versions] == [
        ("Beatrice Omondale", 1),
        ("Colin Abernethie", 1),
        ("Greta Vandermolen", 1),
        ("Marek Olszewitz", 1),
        ("Margaret Hollowell", 1),
        ("Margaret Hollowell", 2),
        ("Nora Fitzwilloughby", 1),
        ("Rosalind Pemberly", 1),
        ("Tomasz Zielonko", 1),
        ("Victor Lindenquist", 1),
    ]
    assert PatientAccess.objects.usable().count() == 9
    # Whoever opens a handout first has it printed: the first start does not wait for twenty.
    assert not Handout.objects.exists()


def test_rules_speak_in_the_programs(harbour: Practice) -> None:
    assert verdicts(Program.objects.get(case=case_of("Margaret"))) == {
        "quadratus-lumborum-ball-release right": "ok",
        "oblique-standing-stretch right": "preferred",
        "core-breathing": "ok",
        "dead-bug": "ok",
        "walking": "ok",
        "pillow-under-knees": "ok",
    }
    # Osteoporosis turned up after this one was issued.
    beatrice = Program.objects.get(case=case_of("Beatrice"))
    assert verdicts(beatrice)["seated-back-flexion"] == "contraindicated"
    assert not beatrice.draft_open
    assert verdicts(Program.objects.get(case=case_of("Desmond"))) == {
        "oblique-standing-stretch left": "adapt",
        "double-knee-to-chest": "preferred",
    }
    override = Override.objects.get()
    assert override.item.exercise.slug == "bench-traction"
    assert override.expires_on == case_of("Kwame").today() + dt.timedelta(days=28)
    ingrid = judge_program(Program.objects.get(case=case_of("Ingrid")))
    assert ingrid.unanswered == ("osteoporosis",)


def test_made_twice_it_is_made_once(harbour: Practice) -> None:
    out = io.StringIO()
    call_command("create_demo", stdout=out)
    assert User.objects.count() == 4
    assert Patient.objects.count() == 19
    lines = out.getvalue().splitlines()
    assert lines[:3] == [
        "The demo practice is there already.",
        "Address:  http://127.0.0.1:8000/",
        "Password: homeward-demo",
    ]
    access = PatientAccess.objects.get(case=case_of("Margaret"))
    year = case_of("Margaret").patient.date_of_birth.year
    assert lines[-1] == f"  Margaret Hollowell: code {access.code}, born in {year}"


@pytest.mark.long
def test_production_gets_no_well_known_password(catalogue: None, settings: Any) -> None:
    settings.DEVELOPMENT = False
    with pytest.raises(CommandError, match="only with DEBUG=1"):
        call_command("create_demo")
    assert not User.objects.exists()
    out = io.StringIO()
    call_command("create_demo", force=True, stdout=out)
    password = out.getvalue().splitlines()[2].removeprefix("Password: ")
    alice = User.objects.get(email=demo.EMAIL)
    assert (alice.check_password(password), alice.check_password(demo.PASSWORD)) == (True, False)
    again = io.StringIO()
    call_command("create_demo", force=True, stdout=again)
    assert again.getvalue().splitlines()[2] == "Password: as shown when the demo was made"


def test_without_a_catalogue_it_says_what_to_do_first(db: None) -> None:
    with pytest.raises(CommandError, match=r"Run first: manage\.py load_catalogue"):
        call_command("create_demo")


@every(
    ("today", "born"),
    [
        (dt.date(2026, 11, 20), dt.date(1959, 4, 18)),
        (dt.date(2026, 4, 18), dt.date(1959, 4, 18)),
        (dt.date(2026, 4, 17), dt.date(1958, 4, 18)),
    ],
)
def test_birthdays_give_the_age_on_any_day(today: dt.date, born: dt.date) -> None:
    assert birth_date(today, 67, 4, 18) == born


def test_a_case_has_visits_measures_and_a_review(harbour: Practice) -> None:
    case = case_of("Colin")
    today = case.today()
    visits = case.visits.order_by("visited_on")
    assert [(today - row.visited_on).days for row in visits] == [17, 10, 3]
    assert [row.signed_at is None for row in visits] == [False, False, False]
    assert [line.change for line in measures_of(case).charted] == [
        "6 → 4 of 10, better by 2: a change that matters",
        "10 → 13 stands, better by 3: a change that counting again does not explain",
        "20 → 35 minutes, better by 15: no figure known for how much matters",
    ]
    assert [row.outcome for row in case.reviews.all()] == ["continue"]


def test_one_plan_is_in_phases_and_its_next_one_is_due(harbour: Practice) -> None:
    program = Program.objects.get(case=case_of("Tomasz"))
    assert (program.phase, program.next_phase_on) == (1, case_of("Tomasz").today())
    assert harbour.own_starters.get().shared
    client = Client()
    client.force_login(User.objects.get(email=demo.EMAIL))
    page = " ".join(client.get(f"/cases/{program.case_id}/").content.decode().split())
    assert "Phase 1 of 2 of “Leg nerve pain, weeks 1 to 4”, for week 1." in page
    step = client.get(f"/programs/{program.pk}/phase/").context["step"]
    goes = ["Calf stretch at a wall (left)", "Calf stretch at a wall (right)"]
    coming, going = ([one.named for one in rows] for rows in (step.comes, step.goes))
    assert (coming, going, step.left_out) == (["Bridge", "Walking"], goes, [])
    # Seen without unfolding anything, wherever templates are offered.
    offers = client.get(f"/cases/{case_of('Jonas').pk}/").content.decode()
    shown = re.sub(r"(?s)<details class=\"starter__about\">.*?</details>", "", offers)
    assert "A plan in 2 phases: 1 week, then 3 weeks" in " ".join(shown.split())
