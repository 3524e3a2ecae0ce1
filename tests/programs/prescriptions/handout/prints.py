"""Handouts printed once for the tests that read them."""

import dataclasses
from functools import cache

from programs.exercises.catalogue_files import built_in
from programs.exercises.pictures.figure import Figure
from programs.figures import draw
from programs.prescriptions.handout.handout import render
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.prescription import PrescribedExercise, Prescription
from tests.programs.pdf import Pdf
from tests.programs.samples import (
    ACCESS,
    PRACTICE,
    exercise_of,
    sample_exercise,
    sample_prescription,
)


@cache
def printed(n: int = 8, *, figures: bool = True, large: bool = False, paper: str = "A4") -> Pdf:
    practice = dataclasses.replace(PRACTICE, paper_size=paper)
    return read(sample_prescription(n, figures=figures, practice=practice), large=large)


def read(prescription: Prescription, *, large: bool = False) -> Pdf:
    return Pdf(render(prescription, ACCESS, PrintOptions(large=large)))


def drawn(svg: str) -> Prescription:
    """One exercise with one drawing."""
    figure = Figure(svg=svg, alt="A ball at the wall")
    item = dataclasses.replace(sample_exercise(0), figures=(figure,))
    return sample_prescription(items=(item,))


@cache
def of_catalogue(slugs: tuple[str, ...]) -> Prescription:
    """These entries with their own drawings, their last dose, and nothing typed in."""
    return sample_prescription(items=tuple(map(_as_drawn, slugs)))


def _as_drawn(slug: str) -> PrescribedExercise:
    definition = built_in().definitions[slug]
    item = exercise_of(slug, cautions=(), modification="", note="")
    drawings = draw(definition, item.side)
    return dataclasses.replace(
        item,
        item=f"item-{slug}",
        figures=tuple(Figure(d.svg, d.caption, d.alt) for d in drawings),
    )
