"""The program as a web app: its manifest, its service worker and the words it keeps for offline."""

from __future__ import annotations

import json
from typing import Any, Final

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from patients.identity.regions import region_of
from programs.portal import published
from programs.portal.app import files as app_files
from programs.portal.context import page_context
from programs.portal.door.decorators import (
    PatientRequest,
    closed_door,
    patient_page,
    remembered,
    with_player,
)
from programs.portal.stopping import numbers
from programs.prescriptions.spelling import program_word

WORDS: Final = ("no-connection", "expired", "closed", "stopped", "unsent")
"""Pages that the worker shows by itself: nothing is kept here, the 30 days are over, the door is
closed while answers wait, a warning sign stopped the program and its own page is not kept, a form
was not sent."""
_ACCENT: Final = "#0b5560"
PAPER: Final = "#faf7f1"


# What a worker may load and ask for is said by its own answer, not by the page that starts it.
@csp_replace({"script-src": [SELF], "connect-src": [SELF]})
@patient_page
@require_safe
def portal_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the patient's pages and of no others: its scope is where it stands.

    Its text names the files of this release, so that a release is a new worker.
    """
    about = {
        "release": app_files.release(),
        "hashed": app_files.has_hashed_names(),
        "files": app_files.page_files(),
        "words": {kind: reverse("portal_words", args=[kind]) for kind in WORDS},
        "root": reverse("portal_code"),
    }
    scripts = ", ".join(json.dumps(address) for address in app_files.worker_scripts())
    return HttpResponse(
        f"self.homeward = {json.dumps(about)};\nimportScripts({scripts});\n",
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


@patient_page
@require_safe
def portal_words(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the worker's own pages, the same for everybody."""
    if kind not in WORDS:
        return closed_door(request)
    return render(request, app_files.WORDS_TEMPLATE, {"kind": kind})


@remembered
@require_safe
def portal_manifest(request: PatientRequest) -> HttpResponse:
    """What a phone needs to put this program among its apps; it names nobody and no health.

    It starts at an address that outlives this grant: an icon on an iPhone has cookies of its own,
    so that the person behind it comes in with a code first, and by a new grant ever after.
    """
    name = f"Home {program_word(region_of(request.case.practice.time_zone))}"
    start = f"{reverse('portal_today')}?for={request.owner}"
    about = {
        "id": f"{reverse('portal_code')}?for={request.owner}",
        "name": name,
        "short_name": name,
        "start_url": start,
        "scope": reverse("portal_code"),
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": _ACCENT,
        "icons": [
            _icon("clinic/img/icon-192.png", 192, "any"),
            _icon("clinic/img/icon-512.png", 512, "any"),
            _icon("clinic/img/icon-maskable-192.png", 192, "maskable"),
            _icon("clinic/img/icon-maskable-512.png", 512, "maskable"),
        ],
    }
    return JsonResponse(about, content_type="application/manifest+json")


def _icon(name: str, size: int, purpose: str) -> dict[str, Any]:
    return {
        "src": static(name),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


@with_player
@remembered
@require_safe
def portal_stopped(request: PatientRequest) -> HttpResponse:
    """What the device shows in the program's place after a warning sign, until we say otherwise.

    It is fetched ahead, while all is well, so that it is there without a connection.
    """
    issued = published.latest_issued(request.device.access, light=True)
    if issued is None:
        return closed_door(request)
    context = page_context(request, issued) | numbers(request.case)
    return render(request, "programs/portal/app/portal_stopped.html", context)
