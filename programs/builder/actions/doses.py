"""How often, for every exercise of a draft in one go."""

from __future__ import annotations

from clinic.models import User
from programs.builder.actions.base import changing, record
from programs.exercises.dosage import Dosage
from programs.exercises.dose_line import filled_from
from programs.prescriptions.models import Program, ProgramItem
from programs.verdicts.judgement import judge_program


def dose_all(*, program: Program, actor: User, group: Dosage) -> int:
    """Let each exercise be done as often as ``group`` says; how many doses changed.

    An amount in it fills the doses that the source leaves to the therapist, and no other. Tips
    stay as they are.
    """
    with changing(program, actor) as locked:
        changed = []
        for judged in judge_program(locked).items:
            if judged.is_advice or judged.definition is None:
                continue
            dose = filled_from(judged.dosage, group)
            if dose != judged.dosage:
                judged.item.dosage = dose.to_dict()
                changed.append(judged.item)
        ProgramItem.objects.bulk_update(changed, ["dosage"])
        record(actor, "program.doses", locked, items=len(changed))
    return len(changed)
