"""Writing the demo, through the same actions as the pages use: nothing goes in by a side door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from clinic import demo
from clinic.models import Practice, Role, User
from patients.models import Case
from patients.models.case_reading import FULL_TERM_DAYS, practice_today
from patients.questions import QUESTIONS
from patients.record.actions import open_case, register_patient
from patients.screening.actions import clear_red_flag, save_screen
from patients.vocabulary import Answer
from programs.demo import histories, others, stenosis
from programs.demo.diary import write_diary
from programs.demo.plan import Answers, CasePlan, PracticePlan
from programs.demo.prescribing import make_program
from programs.demo.staff import PEOPLE, PRACTICES
from programs.demo.visits import write_visits
from programs.verdicts.checks import catch_up

_LOCK: Final = 0x686F6D65
"""Any number that nothing else in this database locks."""
TESTED_DAYS_AGO: Final = 7
_ALL: Final = 1000
"""More programs than the demo has."""

People = Mapping[str, User]


@dataclass(frozen=True, slots=True)
class Made:
    """The people of the demo, and whether this call made them."""

    people: tuple[User, ...]
    is_new: bool


def build(*, password: str) -> Made:
    """Make the demo once, all or nothing. Two calls at the same time make it once too."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if User.objects.filter(email=demo.EMAIL).exists():
            addresses = [person.email for person in PEOPLE]
            return Made(tuple(User.objects.filter(email__in=addresses).order_by("pk")), False)
        people = _people(password)
        practices = [_practice(plan, people) for plan in PRACTICES]
        for plan in (
            *stenosis.STENOSIS_CASES,
            *histories.CASES_WITH_HISTORIES,
            *others.OTHER_CASES,
        ):
            _case(practices[plan.practice], people, plan)
        for practice in practices:
            # As run_due does, so that nothing waits at the first look at the dashboard.
            catch_up(practice, most=_ALL)
    return Made(tuple(people.values()), True)


def _people(password: str) -> dict[str, User]:
    # One password for all of them, and so one hash, which is made to take its time.
    hashed = make_password(password)
    return {
        person.key: User.objects.create(
            email=person.email,
            password=hashed,
            full_name=person.name,
            credentials=person.credentials,
        )
        for person in PEOPLE
    }


def _practice(plan: PracticePlan, people: People) -> Practice:
    practice = Practice(**plan.columns)
    practice.full_clean()
    practice.save()
    owner = people[plan.owner]
    practice.memberships.create(user=owner, role=Role.OWNER)
    for person in (people[key] for key in plan.clinicians):
        practice.memberships.create(user=person, role=Role.CLINICIAN)
    return practice


def _case(practice: Practice, people: People, plan: CasePlan) -> None:
    clinician = people[plan.clinician]
    today = practice_today(practice)
    patient = register_patient(
        practice=practice,
        actor=clinician,
        values={
            "full_name": plan.name,
            "date_of_birth": birth_date(today, *plan.born),
            "sex": plan.sex,
            "email": plan.email,
            "phone": plan.phone,
            "clinician_notes": plan.notes,
        },
    )
    days = plan.program.days_ago if plan.program else 0
    case = open_case(
        patient=patient,
        actor=clinician,
        facts=_facts(plan, people, today),
        opened_on=today - dt.timedelta(days=days),
    )
    for answers in plan.screen:
        _answer(case, people, answers)
    if plan.program is not None:
        make_program(case, clinician, plan.program, today=today)
    for answers in plan.later:
        _answer(case, people, answers)
    write_diary(case, people, plan.diary)
    write_visits(case, people, plan)


def birth_date(today: dt.date, age: int, month: int, day: int) -> dt.date:
    """The birthday of somebody who is ``age`` years old today."""
    had_birthday = (month, day) <= (today.month, today.day)
    return dt.date(today.year - age - (not had_birthday), month, day)


def _facts(plan: CasePlan, people: People, today: dt.date) -> dict[str, object]:
    """The facts of a case as ``patients.record.snapshot`` writes them."""
    facts: dict[str, object] = {
        "title": plan.title,
        "clinician": _named(people[plan.clinician]),
        "conditions": [list(row) for row in plan.conditions],
        "surgeries": [
            [s.code, (today - dt.timedelta(weeks=s.weeks_ago)).isoformat(), s.side, s.approach]
            for s in plan.surgeries
        ],
        "irritability": plan.irritability,
        "resources": list(plan.resources),
        "baseline_pain": plan.pain,
        "baseline_left": plan.left,
        "baseline_right": plan.right,
        "goals": plan.goals,
    }
    if plan.pregnant_weeks is not None:
        due = today + dt.timedelta(days=FULL_TERM_DAYS) - dt.timedelta(weeks=plan.pregnant_weeks)
        facts |= {"pregnant": "yes", "due_date": due.isoformat()}
    if plan.preference is not None:
        tested = today - dt.timedelta(days=TESTED_DAYS_AGO)
        facts |= {
            "directional_preference": plan.preference.direction,
            "preference_recorded_by": _named(people[plan.preference.by]),
            "preference_recorded_on": tested.isoformat(),
        }
    return facts


def _named(user: User) -> list[object]:
    return [user.pk, str(user)]


def _answer(case: Case, people: People, sitting: Answers) -> None:
    """One sitting at the safety screen, with its clearances."""
    actor = people[sitting.by]
    answers = dict.fromkeys(sitting.no, "no")
    if sitting.rest_no:
        answers |= dict.fromkeys((q for q in QUESTIONS if q not in sitting.not_asked), "no")
    answers |= dict.fromkeys(sitting.yes, "yes")
    latest = case.answers.order_by("-pk").first()
    now = Case.objects.with_facts().get(pk=case.pk)
    saved = save_screen(
        case=case,
        actor=actor,
        seen=latest.pk if latest else 0,
        revision=now.revision,
        answers=answers,
        pregnancy=_not_pregnant(now) if sitting.rest_no else {},
    )
    if sitting.cleared:
        for row in saved.answers:
            if row.is_open_stop:
                clear_red_flag(answer=row, actor=actor, note=sitting.cleared)


def _not_pregnant(case: Case) -> dict[str, object]:
    """No to what is open about pregnancy and birth, where that is asked at all."""
    if not case.asks_about_pregnancy_on(case.today()):
        return {}
    dates = {"pregnant": "due_date", "gave_birth": "birth_on"}
    facts: dict[str, object] = {}
    for answer, day in dates.items():
        if getattr(case, answer) == Answer.UNKNOWN:
            facts |= {answer: Answer.NO.value, day: None}
    return facts
