"""Prescriptions to print and show, made from the real catalogue: for tests and measurements."""

import dataclasses
import datetime as dt
import math
import tomllib
from functools import cache
from typing import Any

from programs.access.link_card import AccessCard
from programs.exercises.dosage import Dosage
from programs.exercises.filling import filled_steps
from programs.exercises.general import general_rules
from programs.exercises.pictures.figure import Figure
from programs.exercises.sides import SIDE_WORDS, fill_sides
from programs.prescriptions.prescription import (
    LAYOUT,
    SCHEMA_VERSION,
    Caution,
    PracticeCard,
    PrescribedExercise,
    Prescription,
)
from programs.prescriptions.safety_words import red_flag_lines, stop_rules
from programs.rules.traits import PURPOSES
from tests.paths import CATALOGUE

SLUGS = (
    "quadratus-lumborum-ball-release",
    "oblique-standing-stretch",
    "double-knee-to-chest",
    "knees-side-to-side",
    "posterior-pelvic-tilt",
    "walking",
    "supine-hamstring-stretch",
    "dead-bug",
    "childs-pose",
    "hook-lying-march",
    "piriformis-stretch",
    "stationary-cycling",
    "wall-calf-stretch",
    "core-breathing",
    "pillow-under-knees",
    "sit-tall",
)
"""A typical program first; more follow for crowded ones."""

ACCESS = AccessCard(
    url="https://physio.example/p/q1Vb0mYx7Yc3kT5uN8wZr2LhJ4dG6sPaEfRiOoKtXyU/",
    address_words="physio.example/p",
    code="K7RM4QXA",
)
PRACTICE = PracticeCard(
    name="Harbour Physiotherapy",
    address_lines=("1 Quay Street", "Whitby YO21 1AA"),
    phone="01947 000000",
    emergency_number="999",
    out_of_hours="Ring 111 for advice, day or night.",
)


def sample_prescription(n: int = 8, *, figures: bool = True, **changes: Any) -> Prescription:
    """A realistic program of ``n`` exercises; ``changes`` replace fields of the prescription."""
    items = tuple(sample_exercise(i, figures=figures) for i in range(n))
    items = tuple(sorted(items, key=lambda item: list(PURPOSES).index(item.phase)))
    prescription = Prescription(
        schema_version=SCHEMA_VERSION,
        program="0b2f7a52-4c1e-4e0a-9a63-5f4f6f3a8d10",
        version=1,
        title="Home program for your low back",
        issued_on=dt.date(2026, 11, 20),
        practice=PRACTICE,
        patient_name="Margaret Ellison",
        clinician_name="Bob Brown",
        clinician_credentials="Physiotherapist",
        items=items,
        minutes_per_day=-(-sum(item.dosage.seconds_per_day for item in items) // 60),
        pain_green_max=3,
        pain_amber_max=5,
        after_effect_minutes=5,
        review_weeks=(2, 4),
        review_on=dt.date(2026, 12, 4),
        stop_rules=stop_rules(amber_max=5, settle_minutes=5),
        red_flags=red_flag_lines(pregnant=False, born=False, about={"low_back", "neck"}),
        every_time=general_rules().words(line for item in items for line in item.general),
        layout=LAYOUT,
        note="Your goal: walk to the shop and back without a rest. Little and often wins.",
    )
    return dataclasses.replace(prescription, **changes)


def sample_exercise(i: int = 0, *, figures: bool = True, **changes: Any) -> PrescribedExercise:
    """The ``i``-th exercise of the sample, with a caution, change or note on some of them."""
    return exercise_of(SLUGS[i % len(SLUGS)], i, figures=figures, **changes)


def exercise_of(
    slug: str, i: int = 0, *, figures: bool = False, **changes: Any
) -> PrescribedExercise:
    """An entry of the catalogue as the ``i``-th exercise."""
    entry = _entry(slug)
    side = "right" if entry["sided"] else ""
    dosage = _dosage(entry)
    exercise = PrescribedExercise(
        item=f"item-{i}",
        exercise=entry["slug"],
        name=entry["name"],
        kind=entry["kind"],
        phase=entry["phase"],
        phase_label=PURPOSES[entry["phase"]],
        side=side,
        side_words=SIDE_WORDS[side],
        dosage=dosage,
        dose_words=dosage.words,
        steps=filled_steps(tuple(entry["steps"]), side, dosage),
        feel=fill_sides(entry.get("feel", ""), side),
        avoid=tuple(entry.get("avoid", ())),
        stop=tuple(entry.get("stop", ())),
        equipment_words=tuple(code.replace("_", " ") for code in entry.get("equipment", ())),
        cautions=(Caution("Go only as far as feels easy.", "R43", "project"),)
        if i % 4 == 1
        else (),
        modification="Bend only half as far, and rest between turns." if i % 4 == 2 else "",
        note="Do this one in bed before you get up." if i % 4 == 3 else "",
        transient_rise=entry.get("transient_rise", "no"),
        transient_when=entry.get("transient_when", ""),
        figures=(_figure(i, "Start"), _figure(i + 7, "Finish")) if figures else (),
        sources=tuple(source["id"] for source in entry["source"]),
        general=general_rules().among((*entry.get("avoid", ()), *entry.get("stop", ()))),
    )
    return dataclasses.replace(exercise, **changes)


@cache
def _entry(slug: str) -> dict[str, Any]:
    return tomllib.loads((CATALOGUE / f"{slug}.toml").read_text(encoding="utf-8"))


def _dosage(entry: dict[str, Any]) -> Dosage:
    """What an article leaves to the therapist stays open; else the last dose of the file."""
    presets = entry.get("dosage", [])
    presets = [preset for preset in presets if "therapist_sets" in preset] or presets
    words = {"label", "source", "item"}
    doses = [{k: v for k, v in preset.items() if k not in words} for preset in presets]
    return Dosage.from_dict(doses[-1]) if doses else Dosage()


def _figure(seed: int, caption: str) -> Figure:
    """A drawing as heavy as a real one, about 6 kB: a dozen outlines with one fill each."""
    fills = ("#f4ece2", "#a9c8d0", "#4f7f8c")
    outlines = [
        _outline(60 + 26 * k, 190 - 9 * ((seed + k) % 7), 26 + 3 * (k % 3), seed + k)
        for k in range(12)
    ]
    limbs = "".join(f'<path d="{line}" fill="{fills[k % 3]}"/>' for k, line in enumerate(outlines))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 280">'
        f'<g stroke="#26323c" stroke-width="3" stroke-linejoin="round">{limbs}</g>'
        '<path d="M0 262h440" stroke="#8b9196" stroke-width="4"/></svg>'
    )
    return Figure(svg=svg, caption=caption, alt=f"{caption} of the movement, seen from the side")


@cache
def _outline(x: float, y: float, r: float, seed: int) -> str:
    """A closed wavy outline of curves around a point."""
    points = [
        (
            x + (r + 4 * math.sin(seed + 3 * a)) * math.cos(a),
            y + 1.5 * (r + 4 * math.cos(seed + 2 * a)) * math.sin(a),
        )
        for a in (math.tau * step / 36 for step in range(36))
    ]
    start, *rest = points
    curves = "".join(
        f"Q{rest[j][0]:.1f} {rest[j][1]:.1f} {rest[j + 1][0]:.1f} {rest[j + 1][1]:.1f}"
        for j in range(0, len(rest) - 1, 2)
    )
    return f"M{start[0]:.1f} {start[1]:.1f}{curves}Z"
