"""The left half of the builder: the search in the address, and what it finds for this patient."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from clinic.http import PracticeRequest
from clinic.models import User
from programs.builder import pictures
from programs.builder.results import search
from programs.exercises.library import library_for
from programs.exercises.query import Wanted
from programs.prescriptions.models import Program
from programs.verdicts.assessments import assess_catalogue
from programs.verdicts.case_facts import case_facts, rule_settings
from programs.verdicts.judgement import Judgement

LONGEST_BACK = 600


def search_of(request: PracticeRequest) -> Any:
    """The search in the address, or the one a posted form says to come back to."""
    if request.method == "POST":
        return QueryDict(request.POST.get("back", "")[:LONGEST_BACK])
    return request.GET


def search_words(request: PracticeRequest) -> str:
    """The search to come back to, as the end of an address."""
    return Wanted.of(search_of(request)).back


def results_for(judgement: Judgement, wanted: Wanted, *, only_page: bool = False) -> Any:
    """The left half for one search."""
    return search(
        judgement.library,
        judgement.facts,
        judgement.assessed,
        wanted,
        items_in(judgement),
        only_page=only_page,
    )


def search_context(
    program: Program, wanted: Wanted, user: User, *, only_page: bool
) -> dict[str, Any]:
    """The results alone, without judging the program: the path of every key pressed."""
    case = program.case
    case.keep_what_it_has()
    library, settings = library_for(case.practice), rule_settings(case.practice)
    facts = case_facts(case)
    assessed = assess_catalogue(library, facts, settings)
    rows = program.items.active().values_list("exercise_id", "side", "pk")
    items = {(exercise, side): str(pk) for exercise, side, pk in rows}
    results = search(library, facts, assessed, wanted, items, only_page=only_page)
    return {
        "program": program,
        "case": case,
        "results": results,
        "pictures": pictures.of_results(case.practice, library, results, user),
        "wanted": wanted,
        "only_page": only_page,
        "urls": urls_of(program),
    }


def urls_of(program: Program) -> dict[str, str]:
    """Addresses every card of the results needs, worked out once for all of them."""
    return {
        "program": reverse("program", args=[program.pk]),
        "add": reverse("program_item_add", args=[program.pk]),
        "screen": reverse("safety_screen", args=[program.case_id]),
        "entries": reverse("catalogue"),
    }


def items_in(judgement: Judgement) -> dict[tuple[int, str], str]:
    """What is in the program: (exercise, side) → item id."""
    return {(j.item.exercise_id, j.item.side): str(j.item.pk) for j in judgement.items}
