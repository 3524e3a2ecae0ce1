"""Photos on the patient's page: those of the program that this device may open, and no others."""

from __future__ import annotations

import base64

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from programs.portal import access
from programs.portal.doorway import PatientRequest, closed_door, remembered
from programs.portal.views import has_ended


@remembered
@require_safe
def portal_picture(
    request: PatientRequest, version: int, exercise: int, picture: int
) -> HttpResponse:
    """One photo of the program that is valid today, by its place on the page.

    The version is part of the address, so that a page left open never shows another picture in the
    place of one that an amendment moved. Nothing here is kept by a cache.
    """
    issued = access.latest_issued(request.device.access, light=True)
    if (
        issued is None
        or issued.version != version
        or has_ended(request, issued)
        or access.is_paused(request.case)
    ):
        return closed_door(request)
    items = {e.number: e.item for e in access.sheet(issued).exercises}
    figures = items[exercise].figures if exercise in items else ()
    figure = dict(enumerate(figures, start=1)).get(picture)
    if figure is None or not figure.image:
        return closed_door(request)
    return HttpResponse(base64.b64decode(figure.image), content_type=figure.image_type)
