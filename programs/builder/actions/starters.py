"""Filling a draft from a starting template, under the eye of the rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from clinic.models import User
from clinic.outcomes import Refused
from programs.builder.actions.arrivals import ComingItem, insert
from programs.builder.actions.base import changing, record
from programs.exercises.sides import with_side
from programs.exercises.starters import StarterDefinition, StarterItem
from programs.exercises.theirs.models import OwnStarter
from programs.exercises.theirs.starters import own_number, starters_of
from programs.prescriptions.models import Program
from programs.rules.engine import Assessment
from programs.rules.facts import BOTH_SIDES, CaseFacts
from programs.verdicts.judgement import Judgement, judge_program
from programs.verdicts.standing import NEEDS_OVERRIDE

COMPLAINTS: Final = frozenset({"lumbar_foraminal_stenosis", "lumbar_radiculopathy", "sciatica"})
_SIDE_CHOICES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"left": ("left",), "right": ("right",), "both": ("left", "right")}
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry of the template that was not added, and the clinician's reason."""

    name: str
    side: str
    reason: str


@dataclass(slots=True)
class Applied:
    """What a template did. ``present``: names that were in the program already.

    ``items``: ids of what was added, so that it is taken back in one step.
    """

    name: str
    added: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    """Slugs that were left out on some side."""
    changed: list[str] = field(default_factory=list)
    """What is otherwise than in the program that was copied."""


def side_of_case(facts: CaseFacts, meant_for: Collection[str] = ()) -> str:
    """``left`` or ``right`` where what is treated sits on one known side, else empty.

    ``meant_for``: what a template treats. Where the case has none of it, the side of a complaint of
    the nerves counts, and where it has none of these, of whatever it has.
    """
    rows = [(c.code, c.side) for c in facts.conditions]
    rows += [(s.code, s.side or "") for s in facts.surgeries]
    for codes in (meant_for, COMPLAINTS):
        sides = {side for code, side in rows if code in codes}
        if sides:
            break
    else:
        sides = {c.side for c in facts.conditions} & {*BOTH_SIDES, "bilateral"}
    return sides.pop() if len(sides) == 1 and sides <= BOTH_SIDES else ""


def needs_side(starter: StarterDefinition, facts: CaseFacts) -> bool:
    """Whether the clinician has to say which side the template treats."""
    asked = not side_of_case(facts, starter.meant_for)
    return asked and any(item.side == "case" for item in starter.items)


def apply_starter(*, program: Program, actor: User, slug: str, side: str = "") -> Applied:
    """Add a template's entries in its order.

    ``side``: ``left``, ``right`` or ``both``; needed where the case does not tell. What the rules
    forbid is left out and named, what is there already is not added twice.
    """
    with changing(program, actor) as locked:
        judgement = judge_program(locked)
        known = starters_of(judgement.library, judgement.case.practice, actor)
        starter = known.get(slug)
        if starter is None:
            raise Refused("Choose a template from the list.", "starter")
        said = side if side in _SIDE_CHOICES else ""
        chosen = said or side_of_case(judgement.facts, starter.meant_for)
        if chosen not in _SIDE_CHOICES and needs_side(starter, judgement.facts):
            raise Refused("Choose the side to treat.", "side")
        applied = Applied(starter.name)
        coming: list[ComingItem] = []
        for item in starter.items:
            _apply_item(judgement, starter, item, chosen, applied, coming)
        applied.items += [str(made.pk) for made in insert(locked, actor, coming)]
        if starter.phases:
            own = OwnStarter.objects.get(practice=locked.practice_id, pk=own_number(slug))
            locked.plan, locked.phase = {"template": own.data, "side": chosen}, 1
        record(
            actor,
            "program.starter",
            locked,
            starter=slug,
            added=len(applied.added),
            left_out=len(applied.left_out),
        )
    return applied


def _apply_item(
    judgement: Judgement,
    starter: StarterDefinition,
    item: StarterItem,
    chosen: str,
    applied: Applied,
    coming: list[ComingItem],
) -> None:
    """Say what becomes of one entry, and let it come where the rules allow."""
    library = judgement.library
    definition = library.definitions[item.exercise]
    for side in sides_of(item, chosen):
        assessment = next(a for a in judgement.assessments(item.exercise) if a.side == side)
        named = with_side(definition.name, side)
        if (library.ids[item.exercise], side) in judgement.there:
            applied.present.append(named)
        elif item.exercise not in library.current or not definition.prescribable:
            applied.left_out.append(LeftOut(named, side, "It has left the catalogue."))
            applied.without.append(item.exercise)
        elif assessment.verdict == NEEDS_OVERRIDE:
            applied.left_out.append(LeftOut(named, side, why(assessment)))
            applied.without.append(item.exercise)
        else:
            note = "" if item.note_needs in applied.without else item.note
            dose = starter.dose_of(item, definition)
            coming.append(ComingItem(definition, library.ids[item.exercise], side, dose, note))
            applied.added.append(named)


def sides_of(item: StarterItem, chosen: str) -> tuple[str, ...]:
    """The sides an item is prescribed for where ``chosen`` is treated; one empty without sides."""
    if item.side == "both":
        return ("left", "right")
    return _SIDE_CHOICES[chosen] if item.side == "case" else ("",)


def why(assessment: Assessment) -> str:
    """What forbids an exercise, in words."""
    return " ".join(r.reason for r in assessment.reasons if r.verdict == NEEDS_OVERRIDE)
