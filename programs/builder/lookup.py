"""Finding the program and the exercise a request is about, and answering a form with errors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from clinic.http import PracticeRequest
from clinic.outcomes import Refused
from patients.record.read_only import put_away
from programs.builder import page as reply
from programs.builder.state import Notice, PageState
from programs.prescriptions.models import Program
from programs.prescriptions.queries import programs_of
from programs.verdicts.judgement import JudgedItem, Judgement, judge_program


def program_or_404(request: PracticeRequest, program_id: UUID) -> Program:
    """A program of this practice; what is left to do with it depends on its case."""
    found: Program = get_object_or_404(programs_of(request.practice), pk=program_id)
    put_away(request, found.case)
    return found


def program_page(request: PracticeRequest, program_id: UUID) -> str:
    """The address of a program of this practice: where the forms about it stand."""
    return reverse("program", args=[program_or_404(request, program_id).pk])


def item_page(request: PracticeRequest, program_id: UUID, item_id: UUID) -> str:
    """The same for an exercise in it; 404 for an item of another program."""
    get_object_or_404(program_or_404(request, program_id).items, pk=item_id)
    return reverse("program", args=[program_id])


def number_of(text: str) -> int:
    """A whole number from a form, 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def is_id(text: str) -> bool:
    """Whether a text from a form can be the id of a row."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def judged_item(judgement: Judgement, item_id: UUID) -> JudgedItem | None:
    """The active item with this id, judged."""
    return next((j for j in judgement.items if j.item.pk == item_id), None)


def opened(
    request: PracticeRequest, program_id: UUID, item_id: UUID
) -> tuple[Judgement, JudgedItem]:
    """The judged program and its item; 404 for an item of another program."""
    program = program_or_404(request, program_id)
    if not program.items.filter(pk=item_id).exists():
        raise Http404
    judgement = judge_program(program)
    judged = judged_item(judgement, item_id)
    if judged is None:
        raise Refused("This exercise has been removed from the program.")
    return judgement, judged


def with_form(
    request: PracticeRequest, judgement: Judgement, item_id: UUID, forms: dict[str, Any]
) -> HttpResponse:
    """The card, or without htmx the page, with forms that came back with errors."""
    notice = Notice("Look at the marked fields.", "error")
    if request.htmx:
        first = next(iter(forms.values()))
        return reply.card(
            request, judgement, str(item_id), notice, bound=forms, focus=first_error_id(first)
        )
    state = PageState(bound={str(item_id): forms})
    return reply.page(request, judgement, state, notice=notice, status=422)


def first_error_id(form: Any) -> str:
    """The id of the first field with an error, to put the focus there."""
    for name in form.fields:
        if name in form.errors:
            return str(form[name].id_for_label)
    return ""
