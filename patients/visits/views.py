"""A case's visit notes: the list, a draft to save and sign, a signed one to add to."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused, Stale
from clinic.paging import page_of
from clinic.permissions import Action, requires
from patients.models import Case, VisitNote
from patients.models.visit import VISIT_PARTS
from patients.record.read_only import put_away
from patients.visits import actions
from patients.visits.forms import AmendForm, VisitForm
from patients.visits.text import visit_text


def _case(request: PracticeRequest, case_id: UUID) -> Case:
    rows = request.practice.cases.select_related("patient", "practice")
    return put_away(request, get_object_or_404(rows, pk=case_id))


def _visit(case: Case, visit_id: int) -> VisitNote:
    rows = case.visits.standing().select_related("author", "case__patient", "case__practice")
    return get_object_or_404(rows.prefetch_related("amendments__by"), pk=visit_id)


@require_GET
@requires(Action.READ_NOTES)
def visits(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Every note, the latest visit first."""
    case = _case(request, case_id)
    rows = case.visits.standing().select_related("author").prefetch_related("amendments__by")
    context = {"case": case, "patient": case.patient, "page": page_of(request, rows, size=10)}
    return render(request, "patients/visits/visits.html", context)


@require_http_methods(["GET", "POST"])
@requires(Action.READ_NOTES)
@requires(Action.TREAT, whole=True)
def visit_create(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Begin a note: save it as a draft, or sign it at once."""
    case = _case(request, case_id)
    sent = request.POST if request.method == "POST" else None
    form = VisitForm(sent, today=case.today(), known=actions.latest_own(case, request.user))
    if form.is_valid():
        try:
            made = actions.start_visit(
                case=case,
                actor=request.user,
                key=form.cleaned_data["token"] or uuid4(),
                values=form.values(),
                sign=_signs(request),
                known=None if request.POST.get("do") == "apart" else form.cleaned_data["known"],
            )
        except actions.BegunMeanwhile as begun:
            return _met(request, case, begun.visit)
        return _saved(request, made)
    context = {
        "case": case,
        "patient": case.patient,
        "form": form,
        "begun": case.visits.drafts().filter(author=request.user).first(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "patients/visits/visit_create.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Action.READ_NOTES)
@requires(Action.TREAT)
def visit(request: PracticeRequest, case_id: UUID, visit_id: int) -> HttpResponse:
    """One note. Its author saves and signs the draft; a signed one is read and added to."""
    found = _visit(_case(request, case_id), visit_id)
    if request.method != "POST":
        return _page(request, found)
    form = VisitForm(request.POST, today=found.case.today(), visit=found)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        saved = actions.save_visit(
            visit=found,
            actor=request.user,
            seen=form.cleaned_data["seen"] or 0,
            values=form.values(),
            sign=_signs(request),
        )
    except Stale as stale:
        found.refresh_from_db()
        form.show_current(found)
        return _page(request, found, form=form, stale=stale, status=409)
    except Refused as refused:
        found.refresh_from_db()
        return _page(request, found, form=form, refused=refused.message, status=409)
    return _saved(request, saved)


def _met(request: PracticeRequest, case: Case, begun: VisitNote) -> HttpResponse:
    """The note that was begun in another tab, with what was typed in this one."""
    found = _visit(case, begun.pk)
    form = VisitForm(request.POST, today=case.today(), visit=found)
    if not found.is_draft:
        return _page(request, found, form=form, refused=actions.SIGNED, status=409)
    form.show_current(found)
    stale = Stale(str(found.author), found.changed_at)
    return _page(request, found, form=form, stale=stale, apart=True, status=409)


def _page(
    request: PracticeRequest,
    found: VisitNote,
    *,
    form: VisitForm | None = None,
    amend: AmendForm | None = None,
    stale: Stale | None = None,
    refused: str = "",
    apart: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The note with the forms as they are, or as they were sent."""
    mine = found.author_id == request.user.pk
    context = {
        "case": found.case,
        "patient": found.case.patient,
        "visit": found,
        "mine": mine,
        "form": form or VisitForm(today=found.case.today(), visit=found),
        "typed": "" if form is None or mine else _as_words(form),
        "amend": amend or AmendForm(initial=_typed_into(form) if mine else None),
        "stale": stale,
        "refused": refused,
        "apart": apart,
        "text": visit_text(found),
    }
    return render(request, "patients/visits/visit.html", context, status=status)


def _as_words(form: VisitForm) -> str:
    """What was typed into the parts of a note, as one text."""
    told = [(form.fields[name].label, form.data.get(name, "").strip()) for name, _ in VISIT_PARTS]
    return "\n\n".join(f"{label}:\n{words}" for label, words in told if words)


def _typed_into(form: VisitForm | None) -> dict[str, str]:
    """What could not be written into a note that was signed meanwhile, ready to be added to it."""
    return {"words": _as_words(form)} if form is not None else {}


def _signs(request: PracticeRequest) -> bool:
    return request.POST.get("do") == "sign"


def _saved(request: PracticeRequest, made: VisitNote) -> HttpResponseRedirect:
    said = "The draft is saved. Sign it when it is whole."
    if not made.is_draft:
        said = "The note is signed. It stays as it is; you can add to it."
    messages.success(request, said)
    return redirect("visit", made.case_id, made.pk)


def _visit_page(request: PracticeRequest, case_id: UUID, visit_id: int) -> str:
    found = _visit(_case(request, case_id), visit_id)
    return reverse("visit", args=[case_id, found.pk])


@requires(Action.TREAT)
@posted_from(_visit_page)
def visit_discard(request: PracticeRequest, case_id: UUID, visit_id: int) -> HttpResponseRedirect:
    """Throw a draft away."""
    found = _visit(_case(request, case_id), visit_id)
    try:
        actions.discard_visit(visit=found, actor=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("visit", case_id, visit_id)
    messages.success(request, "The draft is thrown away.")
    return redirect("visits", case_id)


@requires(Action.TREAT)
@posted_from(_visit_page)
def visit_amend(request: PracticeRequest, case_id: UUID, visit_id: int) -> HttpResponse:
    """Add to a signed note."""
    found = _visit(_case(request, case_id), visit_id)
    form = AmendForm(request.POST)
    if not form.is_valid():
        return _page(request, found, amend=form, status=422)
    try:
        actions.amend_visit(
            visit=found,
            actor=request.user,
            key=form.cleaned_data["token"],
            words=form.cleaned_data["words"],
        )
    except Refused as refused:
        return _page(request, found, amend=form, refused=refused.message, status=409)
    messages.success(request, "Added to the note.")
    return redirect("visit", case_id, visit_id)


@require_GET
@requires(Action.READ_NOTES)
def visit_as_text(request: PracticeRequest, case_id: UUID, visit_id: int) -> HttpResponse:
    """The note as plain text, to be copied into another record."""
    found = _visit(_case(request, case_id), visit_id)
    return HttpResponse(visit_text(found), content_type="text/plain; charset=utf-8")
