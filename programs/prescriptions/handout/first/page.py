"""The page as it was until November 2026: what was issued with it prints the same for ever."""

from __future__ import annotations

from typing import Final

from django.template.loader import render_to_string

from programs.access.link_card import AccessCard
from programs.prescriptions.handout.page import Page, document_title
from programs.prescriptions.handout.pictures import Pictured, logo_of, picture_of, square_code
from programs.prescriptions.sheet import WEEKDAYS, Sheet

_SVG: Final = "image/svg+xml"
_DAY_LINES: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 100" preserveAspectRatio="none">'
    b'<path fill="#857f74" d="%s"/></svg>'
    % b"".join(b"M%d 0h2v100h-2z" % (100 * day) for day in range(7))
)
"""The lines between the days of a week chart of the first edition."""


def first_edition(sheet: Sheet, access: AccessCard, *, large_print: bool) -> Page:
    """The page and its pictures, in ordinary or large print."""
    pictures = _pictures(sheet, access)
    html = render_to_string(
        "programs/prescriptions/handout/first/handout.html",
        {
            "sheet": sheet,
            "p": sheet.prescription,
            "access": access,
            "code": access.spaced_code,
            "large_print": large_print,
            "beside": not large_print,
            "logo": "logo:" in pictures,
            "weekdays": WEEKDAYS,
            "weeks": sheet.chart_weeks(large_print=large_print),
            "document_title": document_title(sheet),
        },
    )
    return Page(html, pictures, sheet.prescription.practice.paper_size, "first")


def _pictures(sheet: Sheet, access: AccessCard) -> Pictured:
    pictures = {"qr:": (square_code(access.url), _SVG), "lines:": (_DAY_LINES, _SVG)}
    for exercise in sheet.exercises:
        for n, figure in enumerate(exercise.item.figures, start=1):
            pictures[f"figure:{exercise.number}-{n}"] = picture_of(figure)
    return pictures | logo_of(sheet)
