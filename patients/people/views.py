"""The dashboard, and the pages of a patient."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Count, F, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clinic.http import PracticeRequest, posted_from
from clinic.paging import ROWS_A_PAGE, CappedPaginator, page_in, page_of
from clinic.permissions import Action, allows, requires
from clinic.stretches import Stretch, stretch_of
from patients.identity.regions import region_of
from patients.identity.wanted import PatientWanted
from patients.inbox import attention
from patients.inbox import entries as inbox
from patients.inbox import mail as alert_mail
from patients.models import Patient, patient_search
from patients.models.case_reading import practice_today
from patients.models.finding_by import Keys
from patients.people.desk import desk
from patients.people.forms import PatientForm
from patients.people.merge_page import merges_of
from patients.people.merge_views import led_on
from patients.people.mine import my_patients
from patients.people.palette import straight_to
from patients.record import actions

SEARCH_LENGTH = 100
MOST_MERGED = 5
MOST_FOUND = 1000
"""Patients on the pages of a list; of more, only that there are more is told."""


@require_GET
@requires(Action.TREAT)
def dashboard(request: PracticeRequest) -> HttpResponse:
    """What must be seen today, what needs attention, and my patients, last worked on first."""
    found = attention.gather(request.practice, request.user)
    context = {
        "desk": desk(request.practice, request.user),
        "attention": page_of(request, found.items, param="attention", size=8),
        "attention_notes": found.notes,
        "patients": attention.with_case_lines(
            request.practice,
            my_patients(request, request.practice, request.user, size=10),
        ),
        "today": practice_today(request.practice),
        "alerts": inbox.urgent(request.practice),
        "most_alerts": inbox.MOST_ON_TOP,
        "mail": alert_mail.state(request.practice),
        "can_manage": allows(request.membership, Action.MANAGE_PRACTICE),
        "next": request.path,
    }
    return render(request, "patients/people/dashboard.html", context)


@require_GET
@requires(Action.TREAT)
def patient_list(request: PracticeRequest) -> HttpResponse:
    """Everybody in care of the practice, searchable by name, date of birth and phone.

    ``?go=1``, from the dashboard, opens the one who is found where nobody else is: the case, or its
    safety screen where nothing was asked yet.
    """
    archived = request.GET.get("archived") == "1"
    typed = request.GET.get("q", "").strip()[:SEARCH_LENGTH]
    region = region_of(request.practice.time_zone)
    wanted = patient_search.wanted_in(typed, region=region)
    rows = request.practice.patients.standing().filter(archived_at__isnull=not archived)
    found_by = Keys(request.practice)
    found = patient_search.search(rows, wanted, found_by).with_case_counts()
    counted = CappedPaginator(found.best_first(), ROWS_A_PAGE, most=MOST_FOUND)
    if typed and request.GET.get("go") and counted.count == 1:
        (only,) = counted.page(1)
        treats = allows(request.membership, Action.TREAT)
        return redirect(straight_to(request.practice, only, treats=treats))
    # All of them, however many: a page begins behind a row. What was found goes by numbers.
    page: Stretch | Page[Patient] = (
        stretch_of(request, found, by="touched_at", size=ROWS_A_PAGE)
        if wanted.is_blank
        else page_in(request, counted)
    )
    context = {
        "patients": attention.with_case_lines(request.practice, page),
        "counted": counted,
        "q": typed,
        "merged": _merged_away(request, wanted, found_by) if typed else [],
        "readings": wanted.readings,
        "by_phone": any(part.numbers for part in wanted.parts),
        "archived": archived,
        "today": practice_today(request.practice),
    }
    template = (
        "patients/people/_patient_rows.html"
        if request.htmx
        else "patients/people/patient_list.html"
    )
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@requires(Action.REGISTER, whole=True)
def patient_create(request: PracticeRequest) -> HttpResponse:
    """Register somebody. A second click finds the patient that the first one made."""
    form = PatientForm(request.POST or None, today=practice_today(request.practice))
    twins = _twins(request, form)
    if form.is_valid() and not twins:
        patient = actions.register_patient(
            practice=request.practice,
            actor=request.user,
            values=form.values(),
            token=form.cleaned_data["token"],
        )
        messages.success(request, f"{patient.full_name} is registered. Next, open a case.")
        if request.POST.get("then") == "case" and allows(request.membership, Action.TREAT):
            return redirect("case_create", patient.pk)
        return redirect(patient)
    return render(request, "patients/people/patient_create.html", {"form": form, "twins": twins})


@require_GET
@requires(Action.TREAT)
def patient(request: PracticeRequest, patient_id: UUID) -> HttpResponse:
    """One patient: contact, notes and cases."""
    found = get_object_or_404(request.practice.patients, pk=patient_id)
    if found.merged_into_id:
        return led_on(request, found)
    today = practice_today(request.practice)
    away = request.GET.get("archived") == "1"
    cases = found.cases.filter(archived_at__isnull=not away).with_facts()
    cases = cases.order_by(F("closed_at").desc(nulls_first=True), "-opened_on", "pk")
    page = page_of(request, cases)
    there = found.cases.aggregate(
        open=Count("pk", filter=Q(closed_at=None)),
        archived=Count("pk", filter=Q(archived_at__isnull=False)),
    )
    (lined,) = attention.with_case_lines(request.practice, [found])
    words = {line.case_id: line.words for line in lined.case_lines}
    for case in page:
        case.line = words.get(case.pk, "")
    context = {
        "patient": found,
        "age": found.age_on(today),
        "cases": page,
        "archived_cases": away,
        "has_archived": there["archived"],
        "has_open_case": there["open"],
        "merges": merges_of(found),
        "can_manage": allows(request.membership, Action.MANAGE_PRACTICE),
    }
    return render(request, "patients/people/patient.html", context)


@require_http_methods(["GET", "POST"])
@requires(Action.REGISTER, whole=True)
def patient_edit(request: PracticeRequest, patient_id: UUID) -> HttpResponse:
    """Correct name, date of birth, contact and notes."""
    found = get_object_or_404(request.practice.patients, pk=patient_id)
    if found.merged_into_id and request.method == "GET":
        return led_on(request, found)
    form = PatientForm(request.POST or None, today=practice_today(request.practice), patient=found)
    merged_into = found.standing() if found.merged_into_id else None
    twins = [] if merged_into else _twins(request, form)
    if form.is_valid() and not twins and not merged_into:
        try:
            actions.change_patient(
                patient=found,
                actor=request.user,
                seen=form.cleaned_data["seen"],
                values=form.values(),
            )
        except actions.StalePatient as stale:
            form.show_stale(stale)
        except actions.MergedAway as merged:
            merged_into = merged.kept
        else:
            messages.success(request, "Saved.")
            return redirect(found)
    context = {"form": form, "patient": found, "twins": twins, "merged_into": merged_into}
    return render(request, "patients/people/patient_edit.html", context)


def _patient_page(request: PracticeRequest, patient_id: UUID) -> Patient:
    return get_object_or_404(request.practice.patients, pk=patient_id)


@requires(Action.TREAT)
@posted_from(_patient_page)
def patient_archive(request: PracticeRequest, patient_id: UUID) -> HttpResponseRedirect:
    """Put a patient away, off the lists."""
    found = get_object_or_404(request.practice.patients, pk=patient_id)
    try:
        actions.set_archived(patient=found, actor=request.user, archived=True)
    except actions.MergedAway:
        return led_on(request, found)
    except actions.StillOpen as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, f"{found.full_name} is archived. Nothing is lost.")
    return redirect(found)


@requires(Action.TREAT)
@posted_from(_patient_page)
def patient_restore(request: PracticeRequest, patient_id: UUID) -> HttpResponseRedirect:
    """Bring a patient back from the archive."""
    found = get_object_or_404(request.practice.patients, pk=patient_id)
    try:
        actions.set_archived(patient=found, actor=request.user, archived=False)
    except actions.MergedAway:
        return led_on(request, found)
    messages.success(request, f"{found.full_name} is back on the lists.")
    return redirect(found)


def _twins(request: PracticeRequest, form: PatientForm) -> list[Patient]:
    """Patients of the practice that the sent form may be about, to be asked about."""
    if not form.is_valid():
        return []
    return form.twins(request.practice)


def _merged_away(request: PracticeRequest, wanted: PatientWanted, found_by: Keys) -> list[Patient]:
    """Records that the search finds and that are a part of another now."""
    rows = request.practice.patients.merged_away().select_related("merged_into")
    # Most practices have none, and need not compare what was typed with every name for them.
    if not rows.exists():
        return []
    return list(patient_search.search(rows, wanted, found_by).best_first()[:MOST_MERGED])
