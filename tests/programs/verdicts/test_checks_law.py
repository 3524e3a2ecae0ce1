"""The law of check rows: one that does not wait says what judging its program anew would say.

On every day until the day that it names, whatever is changed on the way.
"""

import datetime as dt
from random import Random

import pytest
from django.utils import timezone

from clinic.models import Practice, User
from patients.models import Case, ScreenAnswer
from patients.vocabulary import FINDINGS, SURGERIES
from programs.prescriptions.models import Program
from programs.verdicts import checks
from programs.verdicts.models import ProgramCheck
from tests.clock import NOW, SetClock
from tests.programs.conftest import SCREEN, MakeCase
from tests.programs.verdicts.test_checks import MANY, anew, kept
from tests.programs.verdicts.test_recheck import live

SLUGS = ("curl-up", "dead-bug", "double-knee-to-chest", "walking", "childs-pose")


def _change_something(random: Random, programs: list[Program], alice: User) -> None:
    program = random.choice(programs)
    case = Case.objects.get(pk=program.case_id)
    what = random.randrange(6)
    if what == 0:
        ScreenAnswer.objects.create(
            case=case,
            kind="finding",
            code=random.choice(sorted(FINDINGS)),
            answer=random.choice(["yes", "no", "unknown"]),
            answered_by=alice,
        )
    elif what == 1:
        code = random.choice(["hip_replacement", "lumbar_fusion", "lumbar_discectomy"])
        assert code in SURGERIES
        days = random.randrange(100)
        side, approach = ("left", "posterior") if code == "hip_replacement" else ("", "")
        case.surgeries.create(
            code=code,
            performed_on=timezone.localdate() - dt.timedelta(days=days),
            side=side,
            approach=approach,
        )
    elif what == 2:
        case.pregnant, case.due_date = "yes", timezone.localdate() + dt.timedelta(days=150)
        case.save()
    elif what == 3:
        case.patient.date_of_birth = timezone.localdate().replace(year=2010)
        case.patient.save()
    elif what == 4:
        case.closed_at = None if case.closed_at else timezone.now()
        case.save()
    else:
        case.surgeries.all().delete()


@pytest.mark.parametrize("seed", range(4))
def test_a_row_always_says_what_judging_anew_would_say(
    make_case: MakeCase,
    shipped_catalogue: None,
    practice: Practice,
    alice: User,
    clock: SetClock,
    seed: int,
) -> None:
    random = Random(seed)
    programs = [live(make_case(no=SCREEN), alice, *random.sample(SLUGS, 3)) for _ in range(3)]
    moment = NOW
    for _ in range(12):
        _change_something(random, programs, alice)
        checks.catch_up(practice, most=MANY)
        assert kept(practice) == anew(practice)
        # Between two days that matter nothing changes by itself.
        moment += dt.timedelta(days=random.randrange(1, 4))
        clock(moment)
        still = ProgramCheck.objects.exclude(pk__in=checks.waiting(practice, MANY))
        today = anew(practice)
        for row in still:
            assert row.flags == today.get(str(row.program_id), [])
