"""What the first handout of a process would wait for, done before anybody asks.

Fonts are found, style sheets parsed, and what stands on every handout is placed once: the limits,
the warning signs, the chart. Each process does it for itself. Fonts are looked for by a thread that
Pango keeps, and a process that is forked has lost it: done before the fork, the first word in
another script could wait for ever.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from patients.vocabulary import CASE_REGIONS
from programs.access.link_card import AccessCard
from programs.exercises.dosage import Dosage, Span
from programs.exercises.general import general_rules
from programs.exercises.pictures.figure import Figure
from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.handout.pdf import PAPER_SIZES
from programs.prescriptions.prescription import (
    LAYOUT,
    SCHEMA_VERSION,
    Caution,
    PracticeCard,
    PrescribedExercise,
    Prescription,
)
from programs.prescriptions.safety_words import red_flag_lines, stop_rules

_DAY: Final = dt.date(2026, 11, 20)
_ACCESS: Final = AccessCard("https://homeward.example/p/", "homeward.example/p", "ABCD2345")
_DRAWING: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300">'
    '<path d="M20 260h560" fill="none" stroke="#26323c" stroke-width="3"/>'
    '<path d="M40 240h300v-120z" fill="#a9c8d0" stroke="#26323c" stroke-width="3"/></svg>'
)
_EXERCISE: Final = PrescribedExercise(
    item="sample",
    exercise="sample",
    name="Walking",
    kind="exercise",
    phase="move",
    phase_label="",
    side="right",
    side_words="for your right side",
    dosage=Dosage(
        sets=Span(3, 3),
        reps=Span(10, 10),
        hold_s=Span(5, 5),
        times_per_day=Span(2, 2),
        days_per_week=Span(7, 7),
    ),
    dose_words="3 sets",
    steps=("Stand tall.", "Breathe out.", "Hold for 5 seconds.", "Then rest."),
    feel="A stretch.",
    avoid=("Do not bounce.",),
    stop=("Stop if it hurts.",),
    equipment_words=("chair",),
    cautions=(Caution("Go slowly."),),
    modification="Bend less.",
    note="Little and often.",
    transient_when="Some stretch is all right.",
    figures=(Figure(_DRAWING, "Start"), Figure(_DRAWING, "Finish")),
)
_TIP: Final = replace(
    _EXERCISE, item="tip", kind="advice", side="", side_words="", dosage=Dosage(), dose_words=""
)


def sample() -> Prescription:
    """A handout about nobody, with one of everything that a handout may hold."""
    return Prescription(
        schema_version=SCHEMA_VERSION,
        program="sample",
        version=1,
        title="Home program",
        issued_on=_DAY,
        practice=PracticeCard("Practice", ("1 Street",), "0", out_of_hours="Ring 111."),
        patient_name="Somebody",
        clinician_name="Somebody",
        clinician_credentials="Physiotherapist",
        items=(_EXERCISE, replace(_EXERCISE, item="second"), _TIP),
        minutes_per_day=5,
        pain_green_max=3,
        pain_amber_max=5,
        after_effect_minutes=5,
        review_weeks=(2, 4),
        review_on=_DAY,
        stop_rules=stop_rules(amber_max=5, settle_minutes=5, about=tuple(CASE_REGIONS)),
        red_flags=red_flag_lines(pregnant=True),
        every_time=tuple(general_rules().says.values()),
        layout=LAYOUT,
        note="Little and often wins.",
    )


def warm_up() -> None:
    """Print it once on each paper, and throw it away."""
    for paper in PAPER_SIZES:
        render(sample(), _ACCESS, PrintOptions(paper=paper))
