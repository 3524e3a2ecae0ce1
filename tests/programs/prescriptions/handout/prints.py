"""Handouts printed once for the tests that read them."""

import dataclasses
from functools import cache

from programs.exercises.catalogue_files import built_in
from programs.exercises.dosage import Dosage, Span
from programs.exercises.pictures.figure import Figure
from programs.figures import draw
from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.layout import layout_of
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.prescription import PrescribedExercise, Prescription
from programs.prescriptions.sheet import sheet_of
from tests.programs import nasty
from tests.programs.pdf import Pdf
from tests.programs.samples import (
    ACCESS,
    PRACTICE,
    exercise_of,
    sample_exercise,
    sample_prescription,
)

FULL = Dosage(
    sets=Span(3, 3),
    reps=Span(10, 10),
    hold_s=Span(5, 5),
    rest_s=Span(60, 60),
    times_per_day=Span(2, 2),
    days_per_week=Span(5, 5),
    weeks=Span(4, 4),
    per_side=True,
)


@cache
def printed(n: int = 8, *, figures: bool = True, large: bool = False, paper: str = "A4") -> Pdf:
    practice = dataclasses.replace(PRACTICE, paper_size=paper)
    return read(sample_prescription(n, figures=figures, practice=practice), large=large)


@cache
def nasty_print(*, large: bool = False) -> Pdf:
    """The print with what has broken printed pages elsewhere in every place."""
    return read(nasty.nasty_prescription(), large=large)


def read(prescription: Prescription, *, large: bool = False) -> Pdf:
    return Pdf(render(prescription, ACCESS, PrintOptions(large=large)))


def drawn(*svgs: str) -> Prescription:
    """One exercise with these drawings."""
    figures = tuple(Figure(svg=svg, alt="A ball at the wall") for svg in svgs)
    item = dataclasses.replace(sample_exercise(0), figures=figures)
    return sample_prescription(items=(item,))


@cache
def of_catalogue(slugs: tuple[str, ...]) -> Prescription:
    """These entries with their own drawings, their last dose, and nothing typed in."""
    return sample_prescription(items=tuple(map(_as_drawn, slugs)))


@cache
def with_full_doses(slugs: tuple[str, ...]) -> Prescription:
    """The same, each with all that a dose can say in boxes."""
    prescription = of_catalogue(slugs)
    items = tuple(
        item if item.kind == "advice" else dataclasses.replace(item, dosage=FULL, dose_words="all")
        for item in prescription.items
    )
    return dataclasses.replace(prescription, items=items, note="")


def planned(prescription: Prescription, options: PrintOptions) -> int:
    """On how many pages a handout is laid out, before anything is printed."""
    layout = layout_of(sheet_of(prescription), options)
    begun = layout.first.over or layout.first.note_later
    on_page_1 = layout.together and not begun
    apart = bool(layout.chart and layout.chart.apart)
    return 1 + len(layout.pages) - on_page_1 + (not layout.help_after) + apart


def _as_drawn(slug: str) -> PrescribedExercise:
    definition = built_in().definitions[slug]
    item = exercise_of(slug, cautions=(), modification="", note="")
    drawings = draw(definition, item.side)
    return dataclasses.replace(
        item,
        item=f"item-{slug}",
        figures=tuple(Figure(d.svg, d.caption, d.alt) for d in drawings),
    )
