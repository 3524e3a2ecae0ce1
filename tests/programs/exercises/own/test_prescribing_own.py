"""An exercise of one's own in a program: judged by what it is, frozen as it was."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import Practice, User
from clinic.outcomes import Refused
from patients.models import Case
from programs.builder.actions import acknowledge, add_exercise
from programs.builder.freeze import freeze
from programs.exercises.models import Exercise
from programs.prescriptions.models import Program
from programs.rules.verdict import Reason
from programs.verdicts.judgement import judge_program
from programs.verdicts.standing import decision_key
from tests import factories
from tests.clock import TODAY
from tests.programs.exercises.own.conftest import movement, rows, typed, write

pytestmark = pytest.mark.django_db


def _waiting(program: Program) -> list[Reason]:
    """Cautions of the only exercise that nobody has accepted."""
    return list(judge_program(program).items[0].standing.to_accept)


def bends(client: Client, practice: Practice, degrees: str) -> Exercise:
    """Our own bend of the treated hip, up to that many degrees."""
    name = {
        "name": f"Hip bend {degrees}",
        "token": f"00000000-0000-4000-8000-000000000{degrees:>03}",
    }
    return write(client, practice, **name, **rows("movements", [movement(degrees=degrees)]))


def test_the_rules_judge_what_was_told(
    bob_client: Client, practice: Practice, stenosis: Case
) -> None:
    factories.SurgeryFactory(
        case=stenosis,
        side="right",
        approach="posterior",
        performed_on=TODAY - dt.timedelta(weeks=5),
    )
    far, short = bends(bob_client, practice, "100"), bends(bob_client, practice, "80")
    judgement = judge_program(factories.ProgramFactory(case=stenosis))
    found = {
        (row.name, a.side): (a.verdict, "P-13" in {r.rule for r in a.reasons})
        for row in (far, short)
        for a in judgement.assessments(row.slug)
    }
    assert found[("Hip bend 100", "right")] == ("contraindicated", True)
    assert found[("Hip bend 100", "left")][1] is False
    assert found[("Hip bend 80", "right")][1] is False


def test_it_is_prescribed_and_stays_as_issued(
    bob_client: Client, practice: Practice, stenosis: Case, bob: User
) -> None:
    own = write(bob_client, practice)
    program = factories.ProgramFactory(case=stenosis)
    add_exercise(program=program, actor=bob, exercise_id=own.pk, side="left")
    frozen = freeze(judge_program(program), version=1, clinician=bob)
    item = frozen.items[0]
    assert (item.name, item.dose_words, item.steps[1], item.figures, item.motion) == (
        "Heel slide",
        "8 to 10 times, 2 times a day",
        "Slide your left heel up.",
        (),
        "",
    )
    url = reverse("own_exercise_edit", args=[own.pk])
    seen = {"seen": own.digest}
    assert bob_client.post(url, typed(steps="One.\nTwo.\nThree.", **seen)).status_code == 302
    assert frozen.items[0].steps[1] == "Slide your left heel up."
    again = freeze(judge_program(program), version=2, clinician=bob)
    assert again.items[0].steps == ("One.", "Two.", "Three.")


def test_a_retired_one_cannot_be_added(
    bob_client: Client, practice: Practice, stenosis: Case, bob: User
) -> None:
    own = write(bob_client, practice)
    bob_client.post(reverse("own_exercise_retire", args=[own.pk]))
    program = factories.ProgramFactory(case=stenosis)
    with pytest.raises(Refused):
        add_exercise(program=program, actor=bob, exercise_id=own.pk, side="left")


def test_another_practice_cannot_prescribe_it(
    bob_client: Client, practice: Practice, other_practice: Practice, charlie: User
) -> None:
    own = write(bob_client, practice)
    patient = factories.PatientFactory(practice=other_practice, created_by=charlie)
    program = factories.ProgramFactory(case=factories.CaseFactory(patient=patient))
    with pytest.raises(Refused):
        add_exercise(program=program, actor=charlie, exercise_id=own.pk, side="left")
    assert not program.items.exists()


def test_a_program_says_what_nobody_has_said_and_an_answer_asks_again(
    bob_client: Client, practice: Practice, stenosis: Case, bob: User
) -> None:
    """The card and the search say it; a caution accepted for a maybe is open once it is sure."""
    own = write(bob_client, practice, flag_high_impact="unsure", flag_supine_prolonged="yes")
    program = factories.ProgramFactory(case=stenosis)
    item = add_exercise(program=program, actor=bob, exercise_id=own.pk, side="left")
    url = reverse("program", args=[program.pk])
    page = " ".join(bob_client.get(url, {"q": "heel slide"}).content.decode().split())
    edit = reverse("own_exercise_edit", args=[own.pk])
    assert "Nobody has said of it if there are jumps, runs or heavy lifts. It is judged as" in page
    assert "Nobody has said 1 thing of it." in page
    assert page.count(f'<a href="{edit}">Say it') == 2
    (maybe,) = (r for r in _waiting(program) if r.rule == "R46")
    assert maybe.reason.startswith("Nobody has said of this exercise if there are jumps")
    keys = [decision_key(maybe)]
    acknowledge(program=program, actor=bob, item_id=item.pk, keys=keys, modification="")
    assert "R46" not in {r.rule for r in _waiting(program)}
    Exercise.objects.filter(pk=own.pk).update(
        data={**own.data, "flags": [*own.data["flags"], "high_impact"], "unknown": []},
        digest="1" * 64,
    )
    (sure,) = (r for r in _waiting(program) if r.rule == "R46")
    assert not sure.reason.startswith("Nobody")
