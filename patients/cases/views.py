"""The pages of a case: opening, reading, editing, its history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clinic.http import PracticeRequest, posted_from
from clinic.paging import page_of
from clinic.permissions import Action, allows, requires
from patients.cases.form_set import CaseBundle, differences
from patients.cases.page import on_cards, summary
from patients.cases.timeline import timeline
from patients.inbox import entries as inbox
from patients.inbox.attention import case_panels
from patients.models import Case
from patients.record import actions
from patients.record.archive import set_case_archived
from patients.record.history import entries, saves
from patients.record.merge import Conflict
from patients.record.read_only import also_archived, put_away


@require_GET
@requires(Action.TREAT)
def case(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Everything that is known about a case, what stops it first."""
    found = get_object_or_404(request.practice.cases.with_facts(), pk=case_id)
    put_away(request, found)
    # The panels come first: they judge the case, and the cards show what follows from that.
    panels = case_panels(request, found)
    cards = inbox.urgent(request.practice, found)
    said = summary(found)
    context = {
        **said,
        "panels": panels,
        "may_restore": allows(request.membership, Action.TREAT),
        "alerts": cards,
        "stops_elsewhere": on_cards(said["stops"], cards),
        "most_alerts": inbox.MOST_ON_TOP,
        "next": request.path,
    }
    return render(request, "patients/cases/case.html", context)


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def case_create(request: PracticeRequest, patient_id: UUID) -> HttpResponse:
    """Open a case; the safety screen comes next."""
    recorded = get_object_or_404(request.practice.patients, pk=patient_id)
    patient = recorded.standing()
    if patient.archived_at is not None:
        raise Http404
    if patient != recorded and request.method == "GET":
        return redirect("case_create", patient.pk)
    bundle = CaseBundle(request, patient=patient)
    if bundle.is_valid():
        made = actions.open_case(
            patient=patient,
            actor=request.user,
            facts=bundle.facts(),
            token=bundle.form.cleaned_data["token"],
        )
        messages.success(request, "The case is open. Next, ask the safety questions.")
        return redirect("safety_screen", made.pk)
    context = {"patient": patient, "bundle": bundle}
    return render(request, "patients/cases/case_create.html", context)


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def case_edit(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Change the facts of a case, beside other people who may be doing the same."""
    found = get_object_or_404(request.practice.cases.with_facts(), pk=case_id)
    if found.closed_at is not None:
        messages.error(request, "This case is closed. Open it again to change it.")
        return redirect(found)
    bundle = CaseBundle(request, patient=found.patient, case=found)
    conflict: Conflict | None = None
    if bundle.is_valid():
        try:
            others = actions.change_case(
                case=found,
                actor=request.user,
                seen=bundle.form.cleaned_data["seen"] or 0,
                overruled=bundle.form.cleaned_data["overruled"] or 0,
                facts=bundle.facts(),
            )
        except Conflict as found_conflict:
            conflict = found_conflict
            bundle.form.show_current(conflict.case.revision)
        else:
            messages.success(request, _saved(others))
            return redirect(found)
    context = {
        "case": found,
        "bundle": bundle,
        "conflict": conflict,
        "differences": differences(conflict) if conflict else [],
    }
    return render(request, "patients/cases/case_edit.html", context)


def _saved(others: list[Any]) -> str:
    """The message after saving, with whoever saved meanwhile."""
    names = sorted({row.who for row in others})
    if not names:
        return "Saved."
    return f"Saved. {' and '.join(names)} changed this case meanwhile; both changes are kept."


@require_GET
@requires(Action.TREAT)
def case_history(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Who changed what, when, and what it said before."""
    found = get_object_or_404(request.practice.cases.with_facts(), pk=case_id)
    page = page_of(request, saves(found))
    context = {"case": found, "page": page, "entries": entries(found, page)}
    return render(request, "patients/cases/case_history.html", context)


@require_GET
@requires(Action.TREAT)
def case_timeline(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Screens, versions, overrides, alerts and notes in words."""
    found = get_object_or_404(
        request.practice.cases.select_related("patient", "clinician"), pk=case_id
    )
    context = {"case": found, "page": page_of(request, timeline(found), size=40)}
    return render(request, "patients/cases/case_timeline.html", context)


def _case_page(request: PracticeRequest, case_id: UUID) -> Case:
    return get_object_or_404(request.practice.cases, pk=case_id)


@requires(Action.TREAT)
@posted_from(_case_page)
def case_close(request: PracticeRequest, case_id: UUID) -> HttpResponseRedirect:
    """End the episode of care."""
    found = get_object_or_404(request.practice.cases, pk=case_id)
    return _close(request, found, closed=True, said="The case is closed. It stays readable.")


@requires(Action.TREAT)
@posted_from(_case_page)
def case_reopen(request: PracticeRequest, case_id: UUID) -> HttpResponseRedirect:
    """Take a closed case up again."""
    found = get_object_or_404(request.practice.cases, pk=case_id)
    return _close(request, found, closed=False, said="The case is open again.")


@also_archived
@requires(Action.TREAT)
@posted_from(_case_page)
def case_archive(request: PracticeRequest, case_id: UUID) -> HttpResponseRedirect:
    """Put a closed case away, off the lists."""
    found = get_object_or_404(request.practice.cases, pk=case_id)
    try:
        set_case_archived(case=found, actor=request.user, archived=True)
    except actions.StillOpen as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "The case is archived. Nothing is lost.")
    return redirect(found)


@also_archived
@requires(Action.TREAT)
@posted_from(_case_page)
def case_restore(request: PracticeRequest, case_id: UUID) -> HttpResponseRedirect:
    """Bring a case back from the archive, closed as it was."""
    found = get_object_or_404(request.practice.cases, pk=case_id)
    set_case_archived(case=found, actor=request.user, archived=False)
    messages.success(request, "The case is back on the lists. It is closed, as it was.")
    return redirect(found)


def _close(
    request: PracticeRequest, found: Case, *, closed: bool, said: str
) -> HttpResponseRedirect:
    try:
        actions.set_closed(case=found, actor=request.user, closed=closed)
    except actions.StillOpen as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, said)
    return redirect(found)
