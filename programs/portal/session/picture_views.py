"""Pictures on the patient's page: those of the program that this device may open, and no others.

The version is part of the address, so that a page left open never shows another picture in the
place of one that an amendment moved.
"""

from __future__ import annotations

import base64

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from programs.exercises.pictures.svg_response import packed_response, svg_response
from programs.portal import published
from programs.portal.door import opening
from programs.portal.door.decorators import PatientRequest, closed_door, remembered
from programs.portal.door.views import has_ended
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.photograph_digests import digest_named
from programs.prescriptions.prescription import PrescribedExercise

_KEEP = "private, no-store"
"""What somebody does at home is nobody else's who uses the device. For use without a connection the
page's own worker keeps them, until the device is forgotten."""


@remembered
@require_safe
def portal_picture(
    request: PatientRequest, version: int, exercise: int, picture: int
) -> HttpResponse:
    """One picture of the program that is valid today, by its place on the page."""
    issued, item = _item(request, version, exercise)
    figures = item.figures if item else ()
    figure = dict(enumerate(figures, start=1)).get(picture)
    if issued is None or figure is None or not (figure.image or figure.svg):
        return closed_door(request)
    if not figure.image:
        return svg_response(figure.svg, keep=_KEEP)
    digest = digest_named(figure.image)
    content = (
        issued.photographs.get(digest=digest).whole() if digest else base64.b64decode(figure.image)
    )
    return HttpResponse(content, content_type=figure.image_type)


@remembered
@require_safe
def portal_motion(request: PatientRequest, version: int, exercise: int) -> HttpResponse:
    """The movement of one exercise, as it was frozen, for the page to play when asked."""
    _, item = _item(request, version, exercise)
    if item is None or not item.motion:
        return closed_door(request)
    return packed_response(request, base64.b64decode(item.motion), keep=_KEEP)


def _item(
    request: PatientRequest, version: int, exercise: int
) -> tuple[IssuedPrescription | None, PrescribedExercise | None]:
    """The version that this device may see now, and one exercise of it."""
    issued = published.latest_issued(request.device.access, light=True)
    if (
        issued is None
        or issued.version != version
        or has_ended(request, issued)
        or opening.is_paused(request.case)
    ):
        return None, None
    items = {e.number: e.item for e in published.sheet(issued).exercises}
    return issued, items.get(exercise)
