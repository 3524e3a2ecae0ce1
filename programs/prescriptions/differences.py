"""What differs between two versions of a prescription, in words a clinician reads.

Pure. Exercises are matched by the id of their program item, which every version keeps.
"""

from __future__ import annotations

from dataclasses import dataclass

from clinic.formats import day_words
from programs.exercises.sides import with_side
from programs.prescriptions.prescription import PrescribedExercise, Prescription

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. ``kind``: ``added``, ``removed`` or ``changed``; ``lines``: what and how."""

    kind: str
    name: str
    lines: tuple[str, ...] = ()


def differences(old: Prescription, new: Prescription) -> list[Difference]:
    """What the patient gets anew, loses, or gets otherwise, from ``old`` to ``new``."""
    before, after = _by_item(old), _by_item(new)
    out = [
        Difference("added", _named(e), (e.dose_words,)) for k, e in after.items() if k not in before
    ]
    out += [Difference("removed", _named(e)) for k, e in before.items() if k not in after]
    for key, exercise in after.items():
        if key in before and (lines := _lines(before[key], exercise)):
            out.append(Difference("changed", _named(exercise), lines))
    if [k for k in before if k in after] != [k for k in after if k in before]:
        out.append(Difference("changed", "Order of the exercises"))
    out += _of_program(old, new)
    return out


def _by_item(p: Prescription) -> dict[str, PrescribedExercise]:
    return {e.item: e for e in p.items}


def _named(exercise: PrescribedExercise) -> str:
    return with_side(exercise.name, exercise.side)


def _lines(old: PrescribedExercise, new: PrescribedExercise) -> tuple[str, ...]:
    pairs = (
        ("Side", old.side, new.side),
        ("Dose", old.dose_words, new.dose_words),
        ("Difference", old.modification, new.modification),
        ("Note", old.note, new.note),
        ("Steps", " ".join(old.steps), " ".join(new.steps)),
        ("Cautions", _cautions(old), _cautions(new)),
    )
    return tuple(_from_to(*pair) for pair in pairs if pair[1] != pair[2])


def _cautions(exercise: PrescribedExercise) -> str:
    return " ".join(c.text for c in exercise.cautions)


def _of_program(old: Prescription, new: Prescription) -> list[Difference]:
    pairs = (
        ("Title", old.title, new.title),
        ("Note to the patient", old.note, new.note),
        (
            "Review day",
            day_words(old.review_on) if old.review_on else "",
            day_words(new.review_on) if new.review_on else "",
        ),
        ("Pain to carry on with", f"{old.pain_green_max} of 10", f"{new.pain_green_max} of 10"),
        ("Pain to ease off at", f"{old.pain_amber_max} of 10", f"{new.pain_amber_max} of 10"),
        ("Stop rules", " ".join(old.stop_rules), " ".join(new.stop_rules)),
        (
            "Warning signs",
            " ".join(f.text for f in old.red_flags),
            " ".join(f.text for f in new.red_flags),
        ),
    )
    return [Difference("changed", n, (_from_to("", a, b),)) for n, a, b in pairs if a != b]


def _from_to(what: str, old: str, new: str) -> str:
    words = f"from “{old or NOTHING}” to “{new or NOTHING}”"
    return f"{what}: {words}" if what else words[:1].upper() + words[1:]
