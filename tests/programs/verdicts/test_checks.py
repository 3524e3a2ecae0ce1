"""The check row of a running program: what changes it makes it stale, to be judged anew."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic import wall
from clinic.models import Practice, User
from patients.models import Case, RedFlagClearance
from programs.builder import actions
from programs.exercises.models import CatalogueLoad
from programs.prescriptions.models import IssuedPrescription, Override, OverrideRevocation, Program
from programs.verdicts import checks
from programs.verdicts.behind import behind, may_be_out_of_date
from programs.verdicts.keeping import FRESH, keep_up
from programs.verdicts.models import ProgramCheck
from programs.verdicts.recheck import recheck_live
from programs.verdicts.standing import decision_key
from tests import factories
from tests.clock import NOW, TODAY, SetClock
from tests.programs.conftest import SCREEN, MakeCase, judged
from tests.programs.verdicts.test_recheck import live, osteoporosis
from tests.undone import undone

MANY = 1000


@pytest.fixture
def running(stenosis: Case, alice: User) -> Program:
    return live(stenosis, alice, "curl-up", "dead-bug")


def kept(practice: Practice) -> dict[str, list[dict]]:
    rows = ProgramCheck.objects.filter(practice=practice, flagged=True)
    return {str(row.program_id): row.flags for row in rows}


def anew(practice: Practice) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for flag in recheck_live(practice):
        found.setdefault(flag.program, []).append(checks.kept_flag(flag))
    return found


def override(program: Program, alice: User, days: int) -> Override:
    found = judged(program, "curl-up")
    return Override.objects.create(
        item=found.item,
        rules=[decision_key(r) for r in found.standing.blocked],
        reason="Seen by the specialist.",
        made_by=alice,
        made_on=TODAY,
        expires_on=TODAY + dt.timedelta(days=days),
    )


def condition(program: Program, alice: User) -> None:
    factories.ConditionFactory(case=program.case, code="spondylolisthesis", side="unspecified")


def operation(program: Program, alice: User) -> None:
    factories.SurgeryFactory(case=program.case, performed_on=TODAY - dt.timedelta(days=30))


def answer(program: Program, alice: User) -> None:
    osteoporosis(program.case)


def clearance(program: Program, alice: User) -> None:
    row = factories.AnswerFactory(case=program.case, code="rf_foot_drop")
    checks.catch_up(program.case.practice, most=MANY)
    RedFlagClearance.objects.create(answer=row, cleared_by=alice, note="Seen today, no new loss.")


def preference(program: Program, alice: User) -> None:
    Case.objects.filter(pk=program.case_id).update(irritability="high")


def birthday(program: Program, alice: User) -> None:
    program.case.patient.date_of_birth = dt.date(2012, 1, 1)
    program.case.patient.save()


def archived(program: Program, alice: User) -> None:
    program.case.patient.archived_at = timezone.now()
    program.case.patient.save()


def ended(program: Program, alice: User) -> None:
    actions.end_program(program=program, actor=alice)


def version(program: Program, alice: User) -> None:
    program.refresh_from_db()
    actions.amend(program=program, actor=alice)
    program.refresh_from_db()
    item = program.items.get(exercise__slug="curl-up")
    actions.remove_item(program=program, actor=alice, item_id=item.pk)
    checks.catch_up(program.case.practice, most=MANY)
    program.refresh_from_db()
    actions.issue(
        program=program,
        actor=alice,
        issue_key=program.pk,
        seen_revision=program.revision,
        unchanged=True,
    )


def overridden(program: Program, alice: User) -> None:
    osteoporosis(program.case)
    checks.catch_up(program.case.practice, most=MANY)
    override(program, alice, 5)


CHANGES: list[Callable[[Program, User], None]] = [
    condition, operation, answer, clearance, preference, birthday, archived, ended,
    version, overridden,
]  # fmt: skip


def test_what_may_change_it_makes_it_stale_in_the_same_breath(
    running: Program, practice: Practice, alice: User
) -> None:
    checks.catch_up(practice, most=MANY)
    row = ProgramCheck.objects.get(program=running)
    assert (row.stale, row.stale_at) == (False, None)
    for change in CHANGES:
        what = change.__name__
        with undone():
            change(Program.objects.get(pk=running.pk), alice)
            row.refresh_from_db()
            assert row.stale, what
            assert row.stale_at is not None, what
            assert checks.catch_up(practice, most=MANY) == 1, what
            assert checks.waiting(practice, MANY) == [], what
            assert kept(practice) == anew(practice), what


def test_settings_judge_all_again_and_mark_no_row(running: Program, practice: Practice) -> None:
    checks.catch_up(practice, most=MANY)
    as_before = Practice.objects.get()
    practice.phone = "020 7946 0000"
    practice.save()
    assert checks.waiting(practice, MANY) == []
    practice.fusion_weeks = 16
    practice.save()
    row = ProgramCheck.objects.get()
    assert (row.stale, checks.waiting(practice, MANY)) == (False, [row.pk])
    late = behind(practice)
    assert (late.count, late.since) == (1, practice.settings_at)
    assert ProgramCheck.objects.filter(may_be_out_of_date(*late.by())).get() == row
    # Who had begun with the settings as they were has judged by those, and so it waits on.
    assert checks.judge_again(as_before, [row.pk]) == 1
    assert checks.waiting(practice, MANY) == [row.pk]
    with wall.closed():
        assert checks.judge_waiting(timezone.now()) == {"judged": 1}
        assert checks.judge_waiting(timezone.now()) == {}
    assert (checks.waiting(practice, MANY), behind(practice).count) == ([], 0)
    assert not ProgramCheck.objects.filter(may_be_out_of_date(*behind(practice).by())).exists()


def test_a_few_programs_are_judged_with_the_settings_that_are_saved(
    running: Program, practice: Practice
) -> None:
    checks.catch_up(practice, most=MANY)
    practice.own_limits = {"neck_surgery_weeks": 16}
    practice.save()
    keep_up(practice)
    assert checks.waiting(practice, MANY) == []


def test_an_override_taken_back_makes_it_stale(
    running: Program, practice: Practice, alice: User
) -> None:
    osteoporosis(running.case)
    made = override(running, alice, 5)
    checks.catch_up(practice, most=MANY)
    assert kept(practice) == {}
    OverrideRevocation.objects.create(override=made, revoked_by=alice)
    checks.catch_up(practice, most=MANY)
    assert list(kept(practice)) == [str(running.pk)]


def test_another_release_of_the_catalogue_judges_all_again(
    running: Program, practice: Practice
) -> None:
    checks.catch_up(practice, most=MANY)
    assert checks.waiting(practice, MANY) == []
    CatalogueLoad.objects.create(digest="another")
    assert len(checks.waiting(practice, MANY)) == 1


def test_the_day_after_an_override_ends_it_waits(
    running: Program, practice: Practice, alice: User, clock: SetClock
) -> None:
    osteoporosis(running.case)
    override(running, alice, 3)
    checks.catch_up(practice, most=MANY)
    assert ProgramCheck.objects.get().due_on == TODAY + dt.timedelta(days=4)
    clock(NOW + dt.timedelta(days=3))
    assert checks.waiting(practice, MANY) == []
    clock(NOW + dt.timedelta(days=4))
    assert checks.catch_up(practice, most=MANY) == 1
    (row,) = ProgramCheck.objects.all()
    assert (row.flagged, row.lapsed) == (True, True)


def test_who_changes_something_leaves_nothing_to_judge(
    running: Program, practice: Practice, alice_client: Client
) -> None:
    osteoporosis(running.case)
    checks.catch_up(practice, most=MANY)
    assert list(kept(practice)) == [str(running.pk)]
    alice_client.post(reverse("program_end", args=[running.pk]))
    (row,) = ProgramCheck.objects.all()
    assert (row.stale, row.running, row.flagged) == (False, False, False)
    assert "Small curl-up" not in alice_client.get("/").content.decode()


def test_what_waits_for_longer_holds_up_nobody_who_sends_something(
    running: Program, practice: Practice
) -> None:
    osteoporosis(running.case)
    ProgramCheck.objects.update(stale_at=Now() - FRESH)
    keep_up(practice)
    assert ProgramCheck.objects.get().stale
    ProgramCheck.objects.update(stale_at=Now())
    keep_up(practice)
    assert kept(practice) == anew(practice)


def test_what_is_due_is_judged_without_anybody_looking(
    running: Program, practice: Practice, other_practice: Practice
) -> None:
    osteoporosis(running.case)
    with wall.closed():
        assert checks.judge_waiting(timezone.now()) == {"judged": 1}
        assert checks.judge_waiting(timezone.now()) == {}
    assert kept(practice) == anew(practice)


def test_a_program_that_cannot_be_judged_holds_up_no_other(
    running: Program,
    make_case: MakeCase,
    practice: Practice,
    alice: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = live(make_case(no=SCREEN), alice, "walking")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        IssuedPrescription.objects.filter(program=broken).update(payload={"items": [{}]})
        cursor.execute("SET LOCAL session_replication_role = origin")
    osteoporosis(running.case)
    osteoporosis(broken.case)
    with wall.closed():
        assert checks.judge_waiting(timezone.now()) == {"judged": 1, "failed": 1}
    assert list(kept(practice)) == [str(running.pk)]
    assert "could not be judged (KeyError)" in caplog.text
