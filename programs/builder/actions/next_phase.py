"""The next phase of a program, judged for this patient: what stays, what goes, what comes.

A phase ends by a clinician's judgement. The day only says when the next one is proposed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from programs.builder.actions.starters import LeftOut, sides_of, why
from programs.exercises.definition import Definition
from programs.exercises.dosage import Dosage
from programs.exercises.library import Library
from programs.exercises.phases import spans_of, weeks_in_words
from programs.exercises.sides import with_side
from programs.exercises.starters import StarterDefinition, StarterItem
from programs.exercises.theirs.starters import read_own_starter
from programs.prescriptions.models import Program
from programs.rules.engine import Assessment
from programs.verdicts.judgement import JudgedItem, Judgement, judge_program
from programs.verdicts.standing import NEEDS_OVERRIDE

Pair = tuple[str, str]
"""Exercise and side."""


@dataclass(frozen=True, slots=True)
class Staying:
    """What goes on; ``dose`` and ``preset`` where the next phase has another dose for it."""

    judged: JudgedItem
    dose: Dosage | None = None
    preset: str = ""

    @property
    def named(self) -> str:
        """The exercise with its side."""
        return with_side(self.judged.name, self.judged.item.side)

    @property
    def verdict(self) -> str:
        """What the rules say of it today; empty where it has left the catalogue."""
        return self.judged.assessment.verdict if self.judged.assessment else ""


@dataclass(frozen=True, slots=True)
class Coming:
    """What the next phase brings."""

    definition: Definition
    exercise_id: int
    side: str
    dose: Dosage
    preset: str
    note: str
    assessment: Assessment

    @property
    def named(self) -> str:
        """The exercise with its side."""
        return with_side(self.definition.name, self.side)


@dataclass(slots=True)
class PhaseStep:
    """One phase as it would follow on what the patient has; ``go_on``: what to see before it."""

    number: int
    name: str
    weeks: str
    due: dt.date | None
    go_on: str
    order: list[Pair]
    stays: list[Staying] = field(default_factory=list)
    goes: list[Staying] = field(default_factory=list)
    comes: list[Coming] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def next_step(program: Program, *, judgement: Judgement | None = None) -> PhaseStep | None:
    """The phase after the one the program is in; none where it is the last, or in none."""
    if not program.phase or program.ended_at is not None:
        return None
    judgement = judgement or judge_program(program)
    plan = read_own_starter(program.plan["template"], judgement.library.definitions)
    if plan is None or program.phase >= len(plan.phases):
        return None
    side = str(program.plan.get("side", ""))
    before = {pair for pair, _ in _pairs(plan, program.phase, side)}
    after = dict(_pairs(plan, program.phase + 1, side))
    span = spans_of(program.plan["template"])[program.phase]
    step = PhaseStep(
        number=program.phase + 1,
        name=plan.name,
        weeks=weeks_in_words(*span),
        due=program.next_phase_on,
        go_on=plan.phases[program.phase - 1].go_on,
        order=list(after),
    )
    here = {_pair(judged): judged for judged in judgement.items}
    for pair, judged in here.items():
        if pair in after:
            step.stays.append(_staying(plan, after[pair], judged))
        elif pair in before:
            step.goes.append(Staying(judged))
        else:
            step.stays.append(Staying(judged))
    for (slug, each), item in after.items():
        if (slug, each) not in here:
            _bring(step, judgement, plan, item, each)
    return step


def _pairs(plan: StarterDefinition, number: int, side: str) -> list[tuple[Pair, StarterItem]]:
    """What a phase has, by exercise and side."""
    return [
        ((item.exercise, each), item)
        for item in plan.phases[number - 1].items
        for each in sides_of(item, side or "both")
    ]


def _pair(judged: JudgedItem) -> Pair:
    slug = judged.definition.slug if judged.definition else judged.item.exercise.slug
    return slug, judged.item.side


def _staying(plan: StarterDefinition, item: StarterItem, judged: JudgedItem) -> Staying:
    if judged.definition is None:
        return Staying(judged)
    dose, preset = plan.dose_of(item, judged.definition)
    said = item.dosage is not None or item.preset is not None or bool(item.dose or item.often)
    return Staying(judged, dose, preset) if said and dose != judged.dosage else Staying(judged)


def _bring(
    step: PhaseStep, judgement: Judgement, plan: StarterDefinition, item: StarterItem, side: str
) -> None:
    library: Library = judgement.library
    definition = library.definitions[item.exercise]
    named = with_side(definition.name, side)
    found = next((a for a in judgement.assessments(item.exercise) if a.side == side), None)
    if item.exercise not in library.current or not definition.prescribable or found is None:
        step.left_out.append(LeftOut(named, side, "It has left the catalogue."))
    elif found.verdict == NEEDS_OVERRIDE:
        step.left_out.append(LeftOut(named, side, why(found)))
    else:
        dose, preset = plan.dose_of(item, definition)
        exercise_id = library.ids[item.exercise]
        step.comes.append(Coming(definition, exercise_id, side, dose, preset, item.note, found))
