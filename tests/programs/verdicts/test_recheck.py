"""Running programs that facts or rules have overtaken: on the case and on the dashboard."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Practice, User
from patients.inbox.attention import items as attention_items
from patients.models import Case, Patient
from programs.builder import actions
from programs.prescriptions.models import Override, Program
from programs.verdicts.checks import catch_up
from programs.verdicts.recheck import recheck_live
from programs.verdicts.standing import decision_key
from tests import factories
from tests.clock import TODAY
from tests.programs.conftest import SCREEN, MakeCase, judged
from tests.undone import undone


def issue(program: Program, actor: User, **said: bool) -> None:
    program.refresh_from_db()
    seen = program.revision
    actions.issue(program=program, actor=actor, issue_key=uuid4(), seen_revision=seen, **said)


def live(case: Case, actor: User, *slugs: str) -> Program:
    program = factories.ProgramFactory(case=case)
    for slug in slugs:
        factories.ProgramItemFactory(program=program, slug=slug)
    issue(program, actor)
    return program


@pytest.fixture
def running(stenosis: Case, alice: User) -> Program:
    return live(stenosis, alice, "curl-up", "dead-bug")


def osteoporosis(case: Case) -> None:
    factories.AnswerFactory(case=case, code="osteoporosis", answer="yes")


def test_nothing_is_flagged_while_nothing_changed(running: Program, practice: Practice) -> None:
    assert recheck_live(practice) == []


def test_a_new_fact_flags_the_exercise_by_name(running: Program, practice: Practice) -> None:
    osteoporosis(running.case)
    flags = recheck_live(practice)
    assert [(f.named, f.program, f.expired) for f in flags] == [
        ("Small curl-up", str(running.pk), False)
    ]
    assert recheck_live(practice, running.case) == flags


def test_weeks_of_the_practice_judge_what_runs(
    stenosis: Case, practice: Practice, alice: User
) -> None:
    factories.SurgeryFactory(
        case=stenosis, code="cervical_surgery", performed_on=TODAY - dt.timedelta(weeks=13)
    )
    live(stenosis, alice, "double-knee-to-chest-head-lift")
    assert recheck_live(practice) == []
    practice.own_limits = {"neck_surgery_weeks": 16}
    practice.save()
    assert [flag.rules for flag in recheck_live(practice)] == [("R95",)]
    assert "Less than 16 weeks after neck surgery." in recheck_live(practice)[0].reason


def test_it_is_named_on_the_dashboard_and_on_the_case(
    running: Program, practice: Practice, alice: User, alice_client: Client
) -> None:
    osteoporosis(running.case)
    catch_up(practice, most=10)
    found = attention_items(practice, alice)
    assert [(i.title, i.url) for i in found] == [("Maria Santos", f"/programs/{running.pk}/")]
    assert found[0].detail.startswith("Not for this patient any more: Small curl-up.")
    # A patient may have two open cases: the line says which.
    assert found[0].detail.endswith(f" · {running.case.title}")
    for url in (f"/cases/{running.case_id}/", f"/programs/{running.pk}/", "/"):
        assert "Small curl-up" in alice_client.get(url).content.decode(), url


def test_another_practice_is_told_nothing(
    running: Program, other_practice: Practice, charlie: User
) -> None:
    osteoporosis(running.case)
    assert recheck_live(other_practice) == []
    assert attention_items(other_practice, charlie) == []


def test_a_draft_is_not_what_the_patient_has(
    running: Program, practice: Practice, alice: User
) -> None:
    osteoporosis(running.case)
    actions.amend(program=running, actor=alice)
    item = running.items.get(exercise__slug="curl-up")
    actions.remove_item(program=running, actor=alice, item_id=item.pk)
    assert [f.named for f in recheck_live(practice)] == ["Small curl-up"]
    issue(running, alice, unchanged=True)
    assert recheck_live(practice) == []


def test_an_override_holds_until_its_last_day(
    running: Program, practice: Practice, alice: User
) -> None:
    osteoporosis(running.case)
    found = judged(running, "curl-up")
    for days in (1, 0, -1):
        with undone():
            Override.objects.create(
                item=found.item,
                rules=[decision_key(r) for r in found.standing.blocked],
                reason="Seen by the specialist.",
                made_by=alice,
                made_on=TODAY - dt.timedelta(days=30),
                expires_on=TODAY + dt.timedelta(days=days),
            )
            flags = recheck_live(practice)
        assert [f.expired for f in flags] == ([True] if days < 0 else []), days


def test_what_no_longer_runs_is_not_flagged(
    running: Program, practice: Practice, alice: User
) -> None:
    osteoporosis(running.case)
    now = timezone.now()
    over: dict[str, Callable[[], object]] = {
        "ended": lambda: actions.end_program(
            program=Program.objects.get(pk=running.pk), actor=alice
        ),
        "closed": lambda: Case.objects.filter(pk=running.case_id).update(closed_at=now),
        "archived": lambda: Patient.objects.filter(pk=running.case.patient_id).update(
            archived_at=now
        ),
    }
    for how, end in over.items():
        assert len(recheck_live(practice)) == 1, f"before it is {how}"
        with undone():
            end()
            assert recheck_live(practice) == [], how


def test_it_takes_the_same_few_queries_for_many(
    make_case: MakeCase,
    shipped_catalogue: None,
    practice: Practice,
    alice: User,
    django_assert_num_queries: object,
) -> None:
    for programs, new in ((1, 1), (7, 6)):
        for _ in range(new):
            osteoporosis(live(make_case(no=SCREEN), alice, "curl-up").case)
        recheck_live(practice)
        with django_assert_num_queries(7):  # type: ignore[operator]
            assert len(recheck_live(practice)) == programs
