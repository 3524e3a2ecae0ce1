"""Issuing: checked again, frozen, once."""

import datetime as dt
import threading
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone

from clinic.models import AuditEntry, User
from clinic.outcomes import Refused, Stale
from patients.models import Case
from programs.access.models import PatientAccess
from programs.builder import actions
from programs.builder.actions import Blocked
from programs.exercises.catalogue_files import built_in
from programs.exercises.models import CatalogueLoad, Exercise
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription, Override, Program
from programs.verdicts.standing import decision_key
from tests import factories
from tests.clock import TODAY
from tests.programs.conftest import judged, only_item
from tests.waiting import PATIENCE_S


def issue(program: Program, actor: User, **change: object) -> IssuedPrescription:
    program = Program.objects.get(pk=program.pk)
    values = {"issue_key": uuid4(), "seen_revision": program.revision}
    return actions.issue(program=program, actor=actor, **{**values, **change})


def blocked(program: Program, actor: User) -> list[str]:
    with pytest.raises(Blocked) as reasons:
        issue(program, actor)
    assert not IssuedPrescription.objects.exists()
    return [reason.text for reason in reasons.value.reasons]


@pytest.fixture
def ready(draft: Program) -> Program:
    """A draft that can be issued."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    return draft


def test_issuing_makes_version_1_and_the_patient_s_link(ready: Program, alice: User) -> None:
    issued = issue(ready, alice)
    ready.refresh_from_db()
    assert (issued.version, issued.issued_by, ready.draft_open) == (1, alice, False)
    assert len(issued.digest) == 64
    assert PatientAccess.objects.get(case=ready.case).created_by == alice
    entry = AuditEntry.objects.get(action="program.issue")
    assert entry.details == {"revision": ready.revision, "version": 1}


def test_the_same_form_twice_is_one_version(ready: Program, alice: User) -> None:
    key = uuid4()
    first = issue(ready, alice, issue_key=key)
    second = issue(ready, alice, issue_key=key)
    assert first.pk == second.pk
    assert IssuedPrescription.objects.count() == 1


def test_a_key_belongs_to_one_program(ready: Program, alice: User) -> None:
    key = uuid4()
    issue(ready, alice, issue_key=key)
    other = factories.ProgramFactory(case=factories.CaseFactory(patient=ready.case.patient))
    with pytest.raises(Refused):
        issue(other, alice, issue_key=key)


def test_what_changed_since_it_was_shown_is_shown_again(
    ready: Program, alice: User, bob: User
) -> None:
    ready.refresh_from_db()
    seen = ready.revision
    factories.ProgramItemFactory(program=ready, slug="walking")
    actions.remove_item(
        program=ready, actor=bob, item_id=ready.items.get(exercise__slug="walking").pk
    )
    with pytest.raises(Stale) as stale:
        issue(ready, alice, seen_revision=seen)
    assert stale.value.who == "Bob Brown"


def test_an_issued_program_is_not_issued_again_without_a_draft(ready: Program, alice: User) -> None:
    issue(ready, alice)
    with pytest.raises(Stale):
        issue(ready, alice)
    actions.end_program(program=ready, actor=alice)
    with pytest.raises(Refused, match="has ended"):
        issue(ready, alice)


def test_an_empty_program_is_not_issued(draft: Program, alice: User) -> None:
    assert blocked(draft, alice) == ["There is no exercise in the program yet."]


def test_a_stopped_case_gets_nothing(ready: Program, alice: User) -> None:
    factories.AnswerFactory(case=ready.case, code="rf_foot_drop", answer="yes")
    assert blocked(ready, alice) == [
        "A warning sign stops this case. Act on it, then clear it with a note."
    ]


def test_a_closed_case_and_an_archived_patient_get_nothing(ready: Program, alice: User) -> None:
    Case.objects.filter(pk=ready.case_id).update(closed_at=timezone.now())
    ready.case.patient.archived_at = timezone.now()
    ready.case.patient.save()
    assert blocked(ready, alice) == ["The case is closed.", "The patient is archived."]


def test_a_review_day_that_has_passed_is_asked_again(ready: Program, alice: User) -> None:
    Program.objects.filter(pk=ready.pk).update(review_on=TODAY)
    assert blocked(ready, alice) == ["The review day has passed."]


def test_a_dose_the_source_leaves_open_has_to_be_set(draft: Program, alice: User) -> None:
    item = factories.ProgramItemFactory(
        program=draft,
        slug="posterior-pelvic-tilt",
        dosage={"hold_s": [5, 5], "therapist_sets": ["reps"]},
    )
    name = "Flatten your low back, lying"
    assert blocked(draft, alice) == [f"{name}: set the dose (repetitions)."]
    item.dosage = {"hold_s": [5, 5], "reps": [10, 10], "therapist_sets": ["reps"]}
    item.save()
    assert issue(draft, alice).version == 1


def test_a_tip_needs_no_dose(draft: Program, alice: User) -> None:
    factories.ProgramItemFactory(program=draft, slug="sit-tall", dosage={})
    assert issue(draft, alice).prescription().minutes_per_day == 0


def test_a_fact_that_came_in_between_counts(draft: Program, alice: User) -> None:
    factories.ProgramItemFactory(program=draft, slug="curl-up")
    factories.AnswerFactory(case=draft.case, code="osteoporosis", answer="yes")
    assert blocked(draft, alice) == [
        "Small curl-up: not for this patient. Remove it, or override with a reason."
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, None),
        (-1, "Small curl-up: the override has run out. Remove the exercise, or decide again."),
    ],
)
def test_an_override_counts_through_its_last_day(
    draft: Program, alice: User, days: int, words: str | None
) -> None:
    item = factories.ProgramItemFactory(program=draft, slug="curl-up")
    factories.AnswerFactory(case=draft.case, code="osteoporosis", answer="yes")
    found = judged(draft)
    Override.objects.create(
        item=item,
        rules=[decision_key(r) for r in found.standing.blocked],
        reason="Seen by the specialist.",
        made_by=alice,
        made_on=TODAY - dt.timedelta(days=30),
        expires_on=TODAY + dt.timedelta(days=days),
    )
    if words:
        assert blocked(draft, alice) == [words]
    else:
        assert issue(draft, alice).version == 1


def test_a_caution_has_to_be_accepted(draft: Program, alice: User) -> None:
    factories.ProgramItemFactory(
        program=draft, slug="quadratus-lumborum-ball-release", side="right"
    )
    factories.AnswerFactory(case=draft.case, code="anticoagulant", answer="yes")
    assert blocked(draft, alice) == [
        "Low back massage with a ball (right): read the caution and accept it."
    ]
    found = judged(draft)
    actions.acknowledge(
        program=draft,
        actor=alice,
        item_id=found.item.pk,
        keys=[decision_key(r) for r in found.standing.to_accept],
        modification="",
    )
    cautions = issue(draft, alice).prescription().items[0].cautions
    assert [(c.rule, c.source) for c in cautions] == [
        (r.rule, r.source) for r in found.standing.to_accept
    ]


def test_what_left_the_catalogue_is_not_issued(ready: Program, alice: User) -> None:
    Exercise.objects.filter(slug="dead-bug").update(retired_at=timezone.now())
    CatalogueLoad.objects.create(digest=built_in().digest)
    assert blocked(ready, alice) == ["Dead bug: it has left the catalogue. Remove it."]


def test_both_handouts_are_kept_once_the_version_is_safe(
    ready: Program, alice: User, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        issued = issue(ready, alice)
    kept = Handout.objects.filter(prescription=issued).order_by("large_print")
    assert [(h.large_print, bytes(h.pdf)[:5]) for h in kept] == [
        (False, b"%PDF-"),
        (True, b"%PDF-"),
    ]


def test_what_is_frozen_is_what_was_decided(draft: Program, alice: User) -> None:
    Program.objects.filter(pk=draft.pk).update(
        note="Take your time.", review_on=TODAY + dt.timedelta(days=21)
    )
    alice.credentials = "MCSP"
    alice.save()
    factories.ProgramItemFactory(program=draft, slug="walking")
    factories.ProgramItemFactory(
        program=draft,
        slug="oblique-standing-stretch",
        side="right",
        dosage={"hold_s": [30, 30], "reps": [2, 2]},
        note="Mirror helps.",
    )
    frozen = issue(draft, alice).prescription()
    assert (frozen.version, frozen.patient_name, frozen.issued_on) == (1, "Maria Santos", TODAY)
    assert (frozen.clinician_name, frozen.clinician_credentials) == ("Alice Archer", "MCSP")
    assert (frozen.practice.name, frozen.practice.phone) == (
        "Harbour Physiotherapy",
        "01947 000000",
    )
    assert (frozen.note, frozen.review_on) == ("Take your time.", TODAY + dt.timedelta(days=21))
    walking, stretch = frozen.items
    assert (stretch.name, stretch.side_words, stretch.dose_words) == (
        "Standing side stretch, held",
        "for your right side",
        "2 times, hold 30 seconds each",
    )
    assert "{" not in " ".join([*stretch.steps, stretch.feel, *stretch.avoid, *stretch.stop])
    assert "Put your left hand on the side of your left hip." in stretch.steps
    assert (stretch.note, stretch.modification, walking.phase_label) == (
        "Mirror helps.",
        "",
        "Walk, cycle, keep fit",
    )
    assert {f.route for f in frozen.red_flags} == {"emergency", "same_day", "soon"}
    assert frozen.stop_rules[0] == "Stop if the pain goes above 5 out of 10."


def test_a_later_change_of_the_catalogue_changes_nothing_issued(
    ready: Program, alice: User
) -> None:
    issued = issue(ready, alice)
    Exercise.objects.filter(slug="dead-bug").update(name="Other")
    issued.refresh_from_db()
    assert issued.prescription().items[0].name == "Dead bug"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_form", [True, False])
def test_two_at_once_make_one_version(ready: Program, alice: User, same_form: bool) -> None:
    revision = Program.objects.get(pk=ready.pk).revision
    keys = [uuid4()] * 2 if same_form else [uuid4(), uuid4()]
    start, outcomes = threading.Barrier(2, timeout=PATIENCE_S), []

    def go(key: object) -> None:
        try:
            start.wait(timeout=PATIENCE_S)
            made = issue(ready, alice, issue_key=key, seen_revision=revision)
            outcomes.append(made.version)
        except Stale:
            outcomes.append("stale")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE_S)
    assert sorted(outcomes, key=str) == ([1, 1] if same_form else [1, "stale"])
    assert IssuedPrescription.objects.count() == 1
    assert connection.is_usable()


def test_an_item_of_another_program_is_not_touched(ready: Program, alice: User) -> None:
    other = factories.ProgramFactory(case=factories.CaseFactory(patient=ready.case.patient))
    with pytest.raises(Refused):
        actions.remove_item(program=other, actor=alice, item_id=only_item(ready).pk)
