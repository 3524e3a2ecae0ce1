"""Handouts printed once for the tests that read them."""

import dataclasses
from functools import cache

from programs.exercises.pictures.figure import Figure
from programs.prescriptions.handout.handout import render
from programs.prescriptions.prescription import Prescription
from tests.programs.pdf import Pdf
from tests.programs.samples import ACCESS, PRACTICE, sample_exercise, sample_prescription


@cache
def printed(n: int = 8, *, figures: bool = True, large: bool = False, paper: str = "A4") -> Pdf:
    practice = dataclasses.replace(PRACTICE, paper_size=paper)
    return read(sample_prescription(n, figures=figures, practice=practice), large=large)


def read(prescription: Prescription, *, large: bool = False) -> Pdf:
    return Pdf(render(prescription, ACCESS, large_print=large))


def drawn(svg: str) -> Prescription:
    """One exercise with one drawing."""
    figure = Figure(svg=svg, alt="A ball at the wall")
    item = dataclasses.replace(sample_exercise(0), figures=(figure,))
    return sample_prescription(items=(item,))
