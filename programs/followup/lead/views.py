"""How the practice stands: numbers, the list behind each, and each as a table to take away."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.files import download
from clinic.http import PracticeRequest
from clinic.paging import page_of
from clinic.permissions import Action, requires
from clinic.spreadsheets import csv_lines
from patients.models.case_reading import practice_today
from programs.followup.lead.doing import lists_of
from programs.followup.lead.lists import LeadList


@require_GET
@requires(Action.MANAGE_PRACTICE)
def practice_overview(request: PracticeRequest) -> HttpResponse:
    """Every number, and the list that ``?list=`` asks for."""
    found = lists_of(request.practice)
    shown = _shown(request, found)
    page = page_of(request, shown.found())
    context = {
        "numbers": [(one.code, one.title, one.number) for one in found.values()],
        "shown": shown,
        "page": page,
        "lines": shown.told(list(page)),
    }
    return render(request, "programs/followup/lead/practice_overview.html", context)


@require_GET
@requires(Action.MANAGE_PRACTICE)
def practice_overview_csv(request: PracticeRequest) -> FileResponse:
    """The whole list as a table for a spreadsheet."""
    shown = _shown(request, lists_of(request.practice))
    name = f"{shown.code}-{practice_today(request.practice):%Y-%m-%d}.csv"
    return download(csv_lines(_table(shown)), name=name, content_type="text/csv; charset=utf-8")


def _shown(request: PracticeRequest, found: dict[str, LeadList]) -> LeadList:
    """The list that is asked for, else the first."""
    first = next(iter(found.values()))
    return found.get(request.GET.get("list", ""), first)


def _table(shown: LeadList) -> Iterator[tuple[str, ...]]:
    yield shown.heads
    for line in shown.all_lines():
        yield line.cells
