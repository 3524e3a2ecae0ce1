"""Making two records of one person one, and taking that back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from clinic.http import PracticeRequest, require_get_or_post
from clinic.permissions import Action, requires
from patients.identity.regions import region_of
from patients.models import Patient, patient_search
from patients.people.merge_forms import PatientMergeForm
from patients.record import merge_actions as actions

MOST_OFFERED = 20
SEARCH_LONGEST = 100


@require_GET
@requires(Action.TREAT, whole=True)
def patient_merge_find(request: PracticeRequest, patient_id: UUID) -> HttpResponse:
    """Choose the other record: likely ones first, or by a search."""
    found = get_object_or_404(request.practice.patients, pk=patient_id)
    if found.merged_into_id:
        return led_on(request, found)
    region = region_of(request.practice.time_zone)
    typed = request.GET.get("q", "").strip()[:SEARCH_LONGEST]
    others = request.practice.patients.standing().exclude(pk=found.pk)
    if typed:
        rows = list(
            others.search(typed, practice=request.practice, region=region).best_first()[
                :MOST_OFFERED
            ]
        )
    else:
        rows = patient_search.twins(
            others,
            practice=request.practice,
            full_name=found.full_name,
            date_of_birth=found.date_of_birth,
            phone=found.phone,
            region=region,
        )[:MOST_OFFERED]
    context = {"patient": found, "others": rows, "q": typed}
    return render(request, "patients/people/patient_merge_find.html", context)


@require_get_or_post
@requires(Action.TREAT, whole=True)
def patient_merge(request: PracticeRequest, patient_id: UUID, other_id: UUID) -> HttpResponse:
    """Show both side by side, ask which values stand, and merge: the first record stays."""
    if patient_id == other_id:
        raise Http404
    kept = get_object_or_404(request.practice.patients, pk=patient_id)
    gone = get_object_or_404(request.practice.patients, pk=other_id)
    if gone.merged_into_id or kept.merged_into_id:
        return led_on(request, gone if gone.merged_into_id else kept)
    form = PatientMergeForm(request.POST or None, kept=kept, gone=gone)
    is_stale = form.is_stale()
    if form.is_valid() and not is_stale:
        try:
            made = actions.merge_patients(
                kept=kept,
                gone=gone,
                actor=request.user,
                seen=form.seen(),
                choices=form.choices(),
                reason=form.cleaned_data["reason"],
            )
        except actions.MergeRefused as why:
            messages.error(request, str(why))
            return redirect(kept.standing())
        except actions.StaleMerge:
            is_stale = True
            kept.refresh_from_db()
            gone.refresh_from_db()
            form = PatientMergeForm(request.POST, kept=kept, gone=gone)
        else:
            messages.success(request, _merged_words(kept, gone, made.cases_moved))
            return redirect(kept)
    if is_stale:
        form.show_now()
    context = {
        "kept": kept,
        "gone": gone,
        "form": form,
        "is_stale": is_stale,
        "moving": gone.cases.order_by("-opened_on", "pk"),
        "staying": kept.cases.order_by("-opened_on", "pk"),
    }
    return render(request, "patients/people/patient_merge.html", context)


@require_get_or_post
@requires(Action.TREAT, whole=True)
def patient_merge_return(request: PracticeRequest, patient_id: UUID, merge_id: int) -> HttpResponse:
    """Ask once more, and make two records of them again."""
    kept = get_object_or_404(request.practice.patients, pk=patient_id)
    merge = get_object_or_404(
        kept.merges.select_related("kept", "gone", "merged_by", "taken_back"), pk=merge_id
    )
    if merge.is_taken_back:
        return redirect(merge.gone)
    if request.method == "POST":
        try:
            actions.take_merge_back(merge=merge, actor=request.user)
        except actions.MergeRefused as refused:
            messages.error(request, str(refused))
            return redirect(kept.standing())
        messages.success(request, f"{merge.gone} has a record of their own again.")
        return redirect(merge.gone)
    context = {"patient": kept, "merge": merge, "why": actions.standing_on(merge, kept)}
    return render(request, "patients/people/patient_merge_return.html", context)


def led_on(request: PracticeRequest, gone: Patient) -> HttpResponseRedirect:
    """From a record that was merged away to the one that stands, with a word about it."""
    kept = gone.standing()
    messages.info(request, f"{gone.full_name} is now recorded under {kept.full_name}.")
    return redirect(kept)


def _merged_words(kept: Patient, gone: Patient, moved: int) -> str:
    words = f"{gone.full_name} is now recorded under {kept.full_name}."
    words += f" {moved} case{'' if moved == 1 else 's'} moved." if moved else ""
    if (still := kept.cases.open().count()) > 1:
        words += f" {still} cases are open now. Close the ones that you do not need."
    return words
