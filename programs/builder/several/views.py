"""Choosing several handouts, waiting until all are rendered, and taking them as one PDF."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from clinic.http import PracticeRequest
from clinic.paging import page_of
from clinic.permissions import Action, allows, requires
from clinic.turns import BusyError
from programs.builder import prints
from programs.builder.handout_forms import remember_options, remembered_options
from programs.builder.several.batch import HandoutBatch
from programs.builder.several.forms import (
    MOST_TOGETHER,
    TogetherForm,
    as_text,
    picked_in,
    said_or_none,
    wrong_with,
)
from programs.prescriptions.handout.joining import joined
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.queries import numbers_in, prescriptions_of, running_now


@require_GET
@requires(Action.SEE)
def handouts(request: PracticeRequest) -> HttpResponse:
    """What patients have now, to tick: of my patients, or with ``?of=all`` of the practice."""
    mine = allows(request.membership, Action.TREAT) and request.GET.get("of") != "all"
    rows = running_now(request.practice)
    if mine:
        rows = rows.filter(program__case__clinician=request.user)
    template = "programs/builder/several/handouts.html"
    return _picker(request, template, rows, {"mine": mine})


@require_GET
@requires(Action.SEE)
def case_handouts(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Every version of a case, to tick."""
    case = get_object_or_404(request.practice.cases, pk=case_id)
    rows = prescriptions_of(request.practice).filter(program__case=case)
    newest = rows.order_by("-issued_at", "-pk")
    template = "programs/builder/several/case_handouts.html"
    return _picker(request, template, newest, {"case": case})


@require_GET
@requires(Action.SEE)
def handouts_wait(request: PracticeRequest, wanted: str) -> HttpResponse:
    """How many are ready. Each look renders one more; it names nobody, so nobody was looked at."""
    batch, form = _batch(request, wanted)
    # Somebody else is printing: the next look tries again.
    with suppress(BusyError):
        batch.render_one()
    total = len(batch.issued)
    context = {
        "ready": total - len(batch.missing),
        "total": total,
        "address": f"{request.path}?{form.query()}",
        "pdf": _address("handouts_together", batch, form),
    }
    whole = "programs/builder/several/handouts_wait.html"
    template = "programs/builder/several/_waiting.html" if request.htmx else whole
    return render(request, template, context)


@require_GET
@requires(Action.SEE)
def handouts_together(request: PracticeRequest, picked: str) -> HttpResponse:
    """All of them as one PDF, each on record; where one is missing, the page that waits for it."""
    batch, form = _batch(request, picked)
    if batch.missing:
        return redirect(_address("handouts_wait", batch, form))
    title = f"Home programs, {len(batch.issued)} handouts"
    pdf = joined(batch.pdfs(), title=title, new_sheets=form.new_sheets())
    for row in batch.issued:
        prints.on_record(request, row, batch.options, together=len(batch.issued))
    name = f"home-programs-{timezone.localdate():%Y-%m-%d}-{len(batch.issued)}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _picker(
    request: PracticeRequest,
    template: str,
    rows: QuerySet[IssuedPrescription],
    context: dict[str, Any],
) -> HttpResponse:
    """The list with its choices; with a sound choice, on to the file or to where one waits."""
    sent = "kind" in request.GET
    form = TogetherForm(request.GET if sent else None, initial=remembered_options(request))
    picked = picked_in(request)
    wrong = wrong_with(picked) if sent else ""
    if sent and form.is_valid() and not wrong:
        batch = HandoutBatch(_found(request, picked), form.options(), request.user)
        response = redirect(_address("handouts_together", batch, form))
        remember_options(response, form, request)
        return response
    page = page_of(request, rows.defer("payload", "draft"), size=MOST_TOGETHER)
    ticked = {row.pk for row in page} if request.GET.get("tick") == "all" else set(picked)
    context |= {"page": page, "ticked": ticked, "form": form, "choices": list(form), "wrong": wrong}
    return render(request, template, context, status=422 if sent else 200)


def _batch(request: PracticeRequest, numbers: str) -> tuple[HandoutBatch, TogetherForm]:
    form = said_or_none(request.GET)
    if form is None:
        raise Http404
    found = _found(request, numbers_in(numbers))
    return HandoutBatch(found, form.options(), request.user), form


def _found(request: PracticeRequest, numbers: list[int]) -> list[IssuedPrescription]:
    """These versions in this order; 404 where one is not the practice's, or there are too many."""
    if wrong_with(numbers):
        raise Http404
    rows = {row.pk: row for row in prescriptions_of(request.practice).filter(pk__in=numbers)}
    if len(rows) < len(numbers):
        raise Http404
    return [rows[number] for number in numbers]


def _address(name: str, batch: HandoutBatch, form: TogetherForm) -> str:
    numbers = as_text([row.pk for row in batch.issued])
    return f"{reverse(name, args=[numbers])}?{form.query()}"
