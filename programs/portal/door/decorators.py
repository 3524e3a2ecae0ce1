"""What every patient page shares: its headers, and where it starts, the device's own case."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from clinic import wall
from patients.models import Case
from programs.access.models import DeviceGrant
from programs.portal.door import cookie, opening

_View = Callable[..., HttpResponseBase]

HEADERS = {
    # The site's name at most, and the address of no page. ``no-referrer`` would say even less,
    # but makes browsers send forms with ``Origin: null``, which the forms' own check refuses.
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet",
    "Cache-Control": "private, no-store",
}


class PatientRequest(HttpRequest):
    """A request from a remembered device: its grant, and the one case it may see.

    ``helper``: who it is where it is not the patient, such as ``Dora (daughter)``.
    ``owner`` names the case to the device's own memory, over all its grants and links; ``until``
    is when the door closes by itself.
    """

    device: DeviceGrant
    case: Case
    helper: str
    owner: str
    until: dt.datetime


def patient_page(view: _View) -> _View:
    """A page without sign-in no index lists and no script runs on.

    No cache keeps it either, unless the view says otherwise.
    """

    @login_not_required
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return csp_replace({"script-src": [NONE], "connect-src": [NONE]})(page)


def with_player(view: _View) -> _View:
    """A page whose scripts of ours fetch movements, keep the page and send what was entered.

    A door that stays closed says the same as every other one, in its headers too.
    """
    allowed = csp_replace({"script-src": [SELF], "connect-src": [SELF], "worker-src": [SELF]})

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        return (
            allowed(lambda _request: response)(request) if response.status_code == 200 else response
        )

    return page


def remembered(view: _View) -> _View:
    """A patient page behind the door: it gets ``request.device`` and ``request.case``.

    A device that is not remembered, or no longer, gets the one page that all closed doors show.
    Dates are shown in the practice's time zone.
    """

    @patient_page
    @wraps(view)
    def page(
        request: PatientRequest, device: uuid.UUID, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        grant = cookie.device(request, device)
        if grant is None:
            return closed_door(request)
        request.device = grant
        request.case = grant.access.case
        request.helper = grant.access.helper_words
        request.owner = opening.owner_of(request.case, request.helper)
        request.until = min(grant.expires_at, grant.access.expires_at)
        with (
            wall.within(request.case.practice_id, case=request.case.pk),
            timezone.override(request.case.practice.zone),
        ):
            return view(request, *args, **kwargs)

    return page


def closed_door(request: HttpRequest) -> HttpResponse:
    """The same page, byte for byte, for whatever reason a door does not open."""
    return render(request, "programs/portal/door/portal_closed.html", status=404)
