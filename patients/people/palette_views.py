"""Everything at once: patients, exercises, and what one can do."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from patients.people.palette import found

PALETTE_LENGTH = 100


@require_GET
@requires(Action.TREAT)
def find(request: PracticeRequest) -> HttpResponse:
    """A page of its own; the palette over another page asks for the list alone."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()[:PALETTE_LENGTH]
    context = {"groups": found(request, typed), "q": typed}
    template = "patients/people/_found.html" if request.htmx else "patients/people/find.html"
    return render(request, template, context)
