"""A plan in phases: kept as a template, begun, and gone on with when a clinician says so."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, User
from patients.cases.timeline import timeline
from patients.models import Case
from programs.builder import actions
from programs.exercises.theirs.models import OwnStarter
from programs.prescriptions.models import Program
from tests import factories
from tests.clock import NOW, SetClock
from tests.programs.builder.test_builder_page import text, url
from tests.programs.conftest import slugs

FEW, MORE = {"sets": [2, 2], "reps": [6, 6]}, {"sets": [3, 3], "reps": [10, 10]}
DUE = NOW + dt.timedelta(days=14)
BEFORE = DUE - dt.timedelta(days=1)
FIRST = [
    {"exercise": "dead-bug", "dosage": {**FEW, "days_per_week": [7, 7]}},
    {"exercise": "supine-hamstring-stretch", "side": "case", "dosage": MORE},
]
SECOND = [
    {"exercise": "seated-back-flexion", "dosage": MORE},
    {"exercise": "dead-bug", "dosage": {**MORE, "days_per_week": [7, 7]}},
    {"exercise": "standing-back-extension", "dosage": MORE},
]


@pytest.fixture
def template(draft: Program, alice: User) -> OwnStarter:
    """Two weeks, then two more; the back bend in them is not for a narrow spine."""
    data: dict[str, Any] = {
        "slug": "own", "name": "Back plan", "summary": "Two by two.", "source": "own",
        "author": "Alice", "licence": "Own", "item": FIRST, "weeks": 2,
        "go_on": "Gets up without a hand.", "phase": [{"weeks": 2, "item": SECOND}],
    }  # fmt: skip
    practice = draft.case.practice
    return OwnStarter.objects.create(practice=practice, name="Back plan", data=data, made_by=alice)


@pytest.fixture
def running(draft: Program, template: OwnStarter, alice: User) -> Program:
    """Issued in its first phase on 20 November."""
    actions.apply_starter(program=draft, actor=alice, slug=f"own-{template.pk}")
    issue_again(draft, alice)
    draft.refresh_from_db()
    return draft


def issue_again(program: Program, by: User) -> None:
    now = Program.objects.get(pk=program.pk)
    actions.issue(
        program=now, actor=by, issue_key=uuid4(), seen_revision=now.revision, unchanged=True
    )


def test_a_program_is_kept_as_a_plan_phase_by_phase(draft: Program, alice_client: Client) -> None:
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    sent = {"name": "Knee plan", "weeks": "2", "go_on": "Bends to 90 degrees."}
    alice_client.post(url(draft, "keep-template/"), sent)
    factories.ProgramItemFactory(program=draft, slug="walking")
    starter = OwnStarter.objects.get()
    follows = {"follows": f"own-{starter.pk}"}
    unsaid = alice_client.post(url(draft, "keep-template/"), follows)
    assert unsaid.status_code == 422
    assert "Say for how many weeks this phase is." in text(unsaid)
    for _ in range(2):
        sent_on = {**follows, "weeks": "3"}
        kept = alice_client.post(url(draft, "keep-template/"), sent_on, follow=True)
    assert "It is phase 2 of “Knee plan”." in text(kept)
    assert "A plan in 2 phases: 2 weeks, then 3 weeks" in text(kept)
    starter.refresh_from_db()
    second = [row["exercise"] for row in starter.data["phase"][0]["item"]]
    assert (starter.data["weeks"], second) == (2, ["dead-bug", "walking"])
    alice_client.post(url(draft, "keep-template/"), sent)
    starter.refresh_from_db()
    assert starter.data["phase"][0]["weeks"] == 3, "made anew, its next phase still follows"


def test_nobody_adds_a_phase_to_another_s_template(
    draft: Program, template: OwnStarter, bob: User
) -> None:
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    with pytest.raises(actions.Refused, match="Only whoever made a template"):
        actions.keep_phase(program=draft, actor=bob, number=template.pk, weeks=1)


def test_what_is_issued_says_its_weeks_and_nothing_of_what_follows(
    running: Program, alice: User, alice_client: Client
) -> None:
    page = text(alice_client.get(url(running)))
    words = "Phase 1 of 2 of “Back plan”, for weeks 1 and 2. Phase 2 is due from 4 Dec 2026."
    assert words in page
    version = running.prescriptions.get()
    assert version.sheet.weeks_words == "For weeks 1 and 2, from 20 Nov 2026"
    assert "Back plan" not in str(version.payload)
    actions.amend(program=running, actor=alice)
    issue_again(running, alice)
    assert running.prescriptions.first().sheet.weeks_words == version.sheet.weeks_words  # type: ignore[union-attr]


def test_the_next_phase_is_proposed_on_its_day_and_not_before(
    running: Program, alice: User, alice_client: Client, clock: SetClock
) -> None:
    def step(now: dt.datetime) -> tuple[list[str], str]:
        clock(now)
        alice_client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
        desk = alice_client.get(reverse("dashboard")).context["desk"]
        review = text(alice_client.get(reverse("case_review", args=[running.case_id])))
        return [row.step.words for one in desk for row in one.rows], review

    steps, review = step(BEFORE)
    assert steps == []
    assert "Make the draft of phase 2" not in review
    steps, review = step(DUE)
    assert steps == ["Phase 2 is due from 4 Dec 2026"]
    assert "Phase 2 is due from 4 Dec 2026. It is for weeks 3 and 4." in review
    assert "Go on when: Gets up without a hand." in review
    assert "New Seated forward bend: 3 sets of 10" in review
    assert "Taken out Back of the thigh stretch with a towel" in review
    assert "Dead bug: 3 sets of 10, every day, instead of 2 sets of 6, every day" in review
    assert "speak against it Back bend, standing :" in review


def test_one_press_makes_the_draft_and_two_make_one(running: Program, alice_client: Client) -> None:
    mine = factories.ProgramItemFactory(program=running, slug="core-breathing", position=9)
    press = {"what": "next", "phase": "2"}
    page = text(alice_client.post(url(running, "phase/"), press, follow=True))
    assert "Phase 2 of “Back plan” 1 added, 2 in the program already, 1 left out." in page
    alice_client.post(url(running, "phase/"), press)
    assert slugs(running) == ["seated-back-flexion", "dead-bug", "core-breathing"]
    assert mine in running.items.active(), "what is not of the plan stays"
    dead_bug = running.items.active().get(exercise__slug="dead-bug")
    assert dead_bug.dosage == {**MORE, "days_per_week": [7, 7]}
    assert AuditEntry.objects.filter(action="program.phase").count() == 1


def test_a_phase_that_is_issued_begins_its_weeks_and_is_the_last(
    running: Program, alice: User, clock: SetClock
) -> None:
    clock(DUE)
    actions.take_phase(program=running, actor=alice, number=2)
    issue_again(running, alice)
    running.refresh_from_db()
    latest = running.prescriptions.first()
    assert latest is not None
    assert latest.sheet.weeks_words == "For weeks 3 and 4, from 4 Dec 2026"
    assert (running.phase, running.next_phase_on) == (2, None)
    said = " | ".join(event.words for event in timeline(running.case))
    assert "program”, as phase 1 of “Back plan”, for weeks 1 and 2." in said
    assert "program”, as phase 2 of “Back plan”, for weeks 3 and 4." in said
    with pytest.raises(actions.Refused, match="No further phase follows"):
        actions.take_phase(program=running, actor=alice, number=3)
    running.refresh_from_db()
    assert not running.draft_open


def test_a_discarded_draft_leaves_the_program_in_its_phase(running: Program, alice: User) -> None:
    before = slugs(running)
    actions.take_phase(program=running, actor=alice, number=2)
    now = actions.discard(program=running, actor=alice)
    assert (now.phase, now.next_phase_on, slugs(now)) == (1, DUE.date(), before)


def test_a_clinician_stays_in_a_phase_or_leaves_the_plan(
    running: Program, alice: User, alice_client: Client
) -> None:
    wrong = alice_client.post(url(running, "phase/"), {"what": "stay", "until": "2026-11-20"})
    assert (wrong.status_code, "Choose a day after today." in text(wrong)) == (422, True)
    stay = {"what": "stay", "until": "2026-12-11"}
    page = text(alice_client.post(url(running, "phase/"), stay, follow=True))
    assert "What the patient has goes on. The next phase is proposed on 11 Dec 2026." in page
    assert "Phase 2 is due from 11 Dec 2026." in page
    alice_client.post(url(running, "phase/"), {"what": "not_again"})
    running.refresh_from_db()
    assert running.next_phase_on is None
    said = [event.words for event in timeline(running.case) if event.who == str(alice)]
    assert "Stays in phase 1 until 11 Dec 2026." in said
    assert "Stays in phase 1. The next phase is not proposed again." in said
    actions.amend(program=running, actor=alice)
    page = text(alice_client.post(url(running, "phase/"), {"what": "leave"}, follow=True))
    assert "The program is in no phase any more." in page
    issue_again(running, alice)
    assert running.prescriptions.first().sheet.weeks_words == ""  # type: ignore[union-attr]


def test_an_open_draft_comes_first(running: Program, stenosis: Case, alice: User) -> None:
    actions.amend(program=running, actor=alice)
    with pytest.raises(actions.Refused, match="A draft is open"):
        actions.take_phase(program=running, actor=alice, number=2)
