"""Templates that a clinician makes of a program."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from clinic import audit
from clinic.models import User
from clinic.outcomes import Refused
from programs.exercises.dosage import Dosage
from programs.exercises.starters import MOST_PHASES
from programs.exercises.theirs.models import OwnStarter
from programs.prescriptions.models import Program
from programs.verdicts.judgement import JudgedItem, Judgement, judge_program

LICENCE = "The practice's own"
_OF_A_PHASE = ("weeks", "go_on", "item")


@transaction.atomic
def keep_starter(
    *, program: Program, actor: User, name: str, shared: bool, weeks: int = 0, go_on: str = ""
) -> OwnStarter:
    """Make a template of a program; one of the same name and maker is made anew.

    Doses and notes go with it, decisions and changes for this patient do not. The treated side
    becomes the side of whichever case it is used for. ``weeks``: for how long, where it is the
    first phase of a plan; phases that followed before follow again. ``go_on``: what a clinician
    sees before the next.
    """
    judgement, items = _read(program)
    codes = sorted({c.code for c in judgement.facts.conditions})
    practice = program.case.practice
    data: dict[str, Any] = {
        "slug": "own",
        "name": name,
        "summary": f"Made from a program on {judgement.today:%d %b %Y}.",
        "source": "own",
        "author": actor.full_name or actor.email,
        "licence": LICENCE,
        "meant_for": codes,
        "item": items,
    }
    if weeks:
        mine = OwnStarter.objects.filter(practice=practice, made_by=actor, retired_at=None)
        before = mine.filter(name=name).first()
        data |= _phase(weeks, go_on)
        data |= {"phase": before.data["phase"]} if before and "phase" in before.data else {}
    starter, _ = OwnStarter.objects.update_or_create(
        practice=practice,
        made_by=actor,
        name=name,
        retired_at=None,
        defaults={"data": data, "shared": shared},
    )
    audit.record(
        practice=practice,
        actor=actor,
        action="own_starter.keep",
        target=starter,
        items=len(data["item"]),
        shared=shared,
    )
    return starter


@transaction.atomic
def keep_phase(
    *, program: Program, actor: User, number: int, weeks: int, go_on: str = ""
) -> OwnStarter:
    """Make a program the next phase of the template ``number``, which is the actor's own.

    Twice is once: what says the same as its last phase adds none.
    """
    _, items = _read(program)
    rows = OwnStarter.objects.filter(practice=program.practice_id, made_by=actor, retired_at=None)
    starter = rows.select_for_update().filter(pk=number).first()
    if starter is None:
        raise Refused("Only whoever made a template can add a phase to it.", "follows")
    coming, before = {**_phase(weeks, go_on), "item": items}, starter.data.get("phase", ())
    last = before[-1] if before else {k: v for k, v in starter.data.items() if k in _OF_A_PHASE}
    if coming == last:
        return starter
    phases = [*before, coming]
    if not starter.data.get("weeks"):
        raise Refused("That template does not say for how many weeks it is.", "follows")
    if len(phases) >= MOST_PHASES:
        raise Refused(f"A template has at most {MOST_PHASES} phases.", "follows")
    starter.data = {**starter.data, "phase": phases}
    starter.save(update_fields=["data"])
    audit.record(
        practice=program.case.practice,
        actor=actor,
        action="own_starter.phase",
        target=starter,
        phase=len(phases) + 1,
        items=len(items),
    )
    return starter


def _phase(weeks: int, go_on: str) -> dict[str, Any]:
    return {"weeks": weeks, **({"go_on": go_on} if go_on else {})}


def _read(program: Program) -> tuple[Judgement, list[dict[str, Any]]]:
    """The program judged, and its exercises as a template has them."""
    judgement = judge_program(program)
    rows = [j for j in judgement.items if j.definition is not None]
    if not rows:
        raise Refused("There is nothing in the program yet.")
    return judgement, _items(rows)


def _items(rows: list[JudgedItem]) -> list[dict[str, Any]]:
    """An exercise for both sides is one line."""
    out: dict[str, dict[str, Any]] = {}
    for judged in rows:
        definition, item = judged.definition, judged.item
        if definition is None:
            continue
        if definition.slug in out:
            out[definition.slug]["side"] = "both"
            continue
        line: dict[str, Any] = {"exercise": definition.slug}
        if item.side:
            line["side"] = "case"
        labels = [preset.label for preset in definition.presets]
        if item.preset in labels:
            line["preset"] = item.preset
        elif judged.dosage != Dosage():
            line["dosage"] = judged.dosage.to_dict()
        if item.note:
            line["note"] = item.note
        out[definition.slug] = line
    return list(out.values())
