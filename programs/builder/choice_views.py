"""From an entry of the catalogue into a program: whose it is to be."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic.http import PracticeRequest
from clinic.permissions import Action, requires
from patients.identity.regions import region_of
from programs.builder.copy_views import LONGEST_SEARCH
from programs.exercises.library import library_for
from programs.prescriptions.models import Program
from programs.prescriptions.queries import programs_of
from programs.rules.traits import NEVER_PRESCRIBED

CHOICES: Final = 12


@require_GET
@requires(Action.TREAT, whole=True)
def program_choice(request: PracticeRequest, exercise_id: int) -> HttpResponse:
    """The clinician's open drafts, or a patient's by name; each leads to its own search.

    Nothing is added here: there the rules judge the exercise for that patient first.
    """
    library = library_for(request.practice)
    definition = library.by_id.get(exercise_id)
    if definition is None:
        raise Http404
    if definition.slug not in library.current or definition.traits.kind in NEVER_PRESCRIBED:
        return redirect("catalogue_entry", exercise_id)
    typed = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    search = urlencode({"q": definition.name})
    context = {
        "exercise_id": exercise_id,
        "name": definition.name,
        "q": typed,
        "programs": [
            (row, f"{reverse('program', args=[row.pk])}?{search}#results")
            for row in _programs(request, typed)[:CHOICES]
        ],
    }
    return render(request, "programs/builder/program_choice.html", context)


def _programs(request: PracticeRequest, typed: str) -> QuerySet[Program]:
    """Drafts that this clinician works on, the latest first; of patients named, every program."""
    rows = programs_of(request.practice).filter(
        case__closed_at=None, case__patient__archived_at=None, ended_at=None
    )
    rows = rows.order_by("-changed_at", "pk")
    if not typed:
        mine = Q(case__clinician=request.user) | Q(changed_by=request.user)
        return rows.filter(mine, draft_open=True)
    named = request.practice.patients.standing().search(
        typed, practice=request.practice, region=region_of(request.practice.time_zone)
    )
    return rows.filter(case__patient__in=list(named.values_list("pk", flat=True)[:CHOICES]))
