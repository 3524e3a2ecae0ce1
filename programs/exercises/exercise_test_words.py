"""What a rule asks of an exercise, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from programs.exercises.code_words import either
from programs.rules import traits as t
from programs.rules.trait_tests import ExerciseTest, MovementTest


def exercise_words(test: ExerciseTest) -> str:
    """An exercise test in words."""
    return "; ".join(_exercise_parts(test))


def _exercise_parts(test: ExerciseTest) -> Iterator[str]:
    if test.kinds:
        yield "kind: " + either(t.KINDS[k].lower() for k in test.kinds)
    if test.phases:
        yield "purpose: " + either(t.PURPOSES[p].lower() for p in test.phases)
    if test.positions:
        yield "position: " + either(t.POSITIONS[p].lower() for p in test.positions)
    if test.flags:
        yield either(t.FLAGS[f].lower() for f in test.flags)
    for flag in sorted(test.flags_all):
        yield t.FLAGS[flag].lower()
    plain = (
        ("pressure", test.pressures),
        ("touches", test.contacts),
        ("breathing", test.breathing),
        ("treatment", test.modalities),
        ("about", test.topics),
        ("effort", test.efforts),
        ("load on the spine", test.spine_loads),
        ("weight on the arms", test.arm_loads),
        ("load on the neck", test.neck_loads),
        ("weight on a leg", test.leg_loads),
        ("balance", test.balances),
        ("resistance", test.external_loads),
        ("nerve", test.nerve_tensions),
        ("region", test.regions),
    )
    for name, values in plain:
        if values:
            yield f"{name}: " + either(v.replace("_", " ") for v in values)
    if test.helper:
        yield "needs a helper"
    if test.on_bed is not None:
        yield "can be done on a bed" if test.on_bed else "cannot be done on a bed"
    if test.affected:
        yield f"the {test.affected} of that side bears weight"
    if test.untold:
        yield "the limb works, and may pass the limit without the exercise saying how far it bends"
    if test.treated:
        yield "treated side is " + ("that side" if test.treated == "same" else "the other side")
    for movement in test.movements:
        yield _movement_words(movement)
    for part in test.all:
        yield f"and {exercise_words(part)}"
    if test.any:
        yield "one of: " + " / ".join(exercise_words(part) for part in test.any)
    for part in test.none:
        yield f"but not {exercise_words(part)}"


def _movement_words(m: MovementTest) -> str:
    if m.limited:
        far = "beyond its degrees, or degrees not known" if m.limited == "passed" else "not known"
        return f"the movement that the limit names, {far}"
    parts = either(p.replace("_", " ") for p in m.parts) or "any joint"
    text = f"{parts} {either(d.replace('_', ' ') for d in m.directions) or 'movement'}"
    relations = {
        "toward": " toward that side",
        "away": " away from that side",
        "affected": " of that side",
    }
    text += relations.get(m.relation, "")
    if m.ranges:
        text += f", {either(m.ranges)} range"
    if m.modes:
        text += f", {either(m.modes)}"
    if m.above_degrees is not None:
        text += f", beyond {m.above_degrees} degrees"
    return text
