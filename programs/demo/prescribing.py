"""The demo's programs: started, worked on, decided, issued and amended like anybody's."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.utils import timezone

from clinic.models import User
from patients.models import Case
from programs.builder import actions
from programs.demo.plan import Addition, Changes, PhasedPlan, ProgramPlan
from programs.exercises.dosage import Dosage
from programs.exercises.library import library_for
from programs.exercises.theirs.starters import OWN_STARTER
from programs.prescriptions.models import Program
from programs.verdicts.judgement import JudgedItem, judge_program
from programs.verdicts.standing import decision_key

OVERRIDE_DAYS: Final = 28


def make_program(case: Case, actor: User, plan: ProgramPlan, *, today: dt.date) -> Program:
    """The case's program as the plan has it."""
    program, _ = actions.create_program(case=case, actor=actor)
    if plan.starter:
        actions.apply_starter(program=program, actor=actor, slug=plan.starter)
    if plan.keep:
        _remove(program, actor, lambda slug: slug not in plan.keep)
    _describe(program, actor, plan, today)
    _change(program, actor, plan.changes, today)
    if plan.phased is not None:
        _begin_phases(program, actor, plan.phased, today)
    given = timezone.now() - dt.timedelta(days=plan.days_ago)
    if plan.issued:
        _issue(program, actor, given, waivers=plan.waivers)
    if plan.amended is not None:
        actions.amend(program=program, actor=actor)
        _change(program, actor, plan.amended, today)
        _issue(program, actor, given + dt.timedelta(days=plan.days_ago // 2), unchanged=True)
    return program


def _begin_phases(program: Program, actor: User, plan: PhasedPlan, today: dt.date) -> None:
    """Keep what is there as the first phase and what becomes of it as the second; then begin."""
    first, second = plan.weeks
    template = actions.keep_starter(
        program=program, actor=actor, name=plan.name, shared=True, weeks=first, go_on=plan.go_on
    )
    _change(program, actor, plan.then, today)
    actions.keep_phase(program=program, actor=actor, number=template.pk, weeks=second)
    _remove(program, actor, lambda _slug: True)
    actions.apply_starter(program=program, actor=actor, slug=f"{OWN_STARTER}{template.pk}")


def _describe(program: Program, actor: User, plan: ProgramPlan, today: dt.date) -> None:
    """The note to the patient and the day of the next visit."""
    if not (plan.note or plan.review_in_days):
        return
    program.refresh_from_db()
    days = plan.review_in_days
    actions.change_details(
        program=program,
        actor=actor,
        seen=actions.fingerprint(program),
        title=program.title,
        note=plan.note,
        review_on=today + dt.timedelta(days=days) if days else None,
    )


def _change(program: Program, actor: User, changes: Changes, today: dt.date) -> None:
    for addition in changes.add:
        _add(program, actor, addition, today)
    _remove(program, actor, lambda slug: slug in changes.remove)
    for judged in _items(program):
        slug = judged.item.exercise.slug
        if slug not in changes.doses and slug not in changes.notes:
            continue
        dosage = judged.item.dosage | changes.doses.get(slug, {})
        actions.save_item(
            program=program,
            actor=actor,
            item_id=judged.item.pk,
            seen=actions.fingerprint(judged.item),
            dosage=Dosage.from_dict(dosage),
            note=changes.notes.get(slug, judged.item.note),
            side=judged.item.side,
        )


def _add(program: Program, actor: User, addition: Addition, today: dt.date) -> None:
    library = library_for(program.case.practice)
    override = None
    if addition.override:
        until = today + dt.timedelta(days=OVERRIDE_DAYS)
        override = {"reason": addition.override, "expires_on": until}
    actions.add_exercise(
        program=program,
        actor=actor,
        exercise_id=library.ids[addition.exercise],
        side=addition.side,
        override=override,
    )


def _remove(program: Program, actor: User, unwanted: Callable[[str], bool]) -> None:
    for judged in _items(program):
        if unwanted(judged.item.exercise.slug):
            actions.remove_item(program=program, actor=actor, item_id=judged.item.pk)


def _issue(program: Program, actor: User, at: dt.datetime, **said: Any) -> None:
    """Accept the cautions as they are worded, then issue; who opens a handout first prints it."""
    for judged in _items(program):
        waiting = judged.standing.to_accept
        if waiting:
            actions.acknowledge(
                program=program,
                actor=actor,
                item_id=judged.item.pk,
                keys=[decision_key(reason) for reason in waiting],
                modification=" ".join(
                    dict.fromkeys(r.modification for r in waiting if r.verdict == "adapt")
                ),
            )
    program.refresh_from_db()
    actions.issue(
        program=program,
        actor=actor,
        issue_key=uuid.uuid4(),
        seen_revision=program.revision,
        at=at,
        printed=False,
        **said,
    )


def _items(program: Program) -> Iterable[JudgedItem]:
    return judge_program(program).items
