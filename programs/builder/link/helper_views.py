"""Links of people who help: a parent or carer opens the same program under a name of their own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString

from clinic.http import PracticeRequest, posted_from, require_get_or_post
from clinic.permissions import Action, requires
from programs.access import actions as access_actions
from programs.access.link_card import AccessCard, access_card
from programs.access.models import PatientAccess
from programs.builder.link.forms import HelperForm
from programs.builder.link.views import square_code
from programs.prescriptions.models import Program
from programs.prescriptions.queries import programs_of

_FULL = f"{access_actions.MOST_HELPERS} people have a link. Close one first."


@dataclass(frozen=True, slots=True)
class HelperRow:
    """One link that stands, as it is shown."""

    link: PatientAccess
    card: AccessCard
    square: SafeString


@requires(Action.REGISTER, whole=True)
@require_get_or_post
def patient_helpers(request: PracticeRequest, program_id: uuid.UUID) -> HttpResponse:
    """Everybody who helps with their link; one more is made here."""
    program = _program(request, program_id)
    form = HelperForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not program.prescriptions.exists():
            messages.error(request, "Issue the program first. There is nothing to open yet.")
            return redirect("patient_helpers", program.pk)
        try:
            link = access_actions.add_helper(
                case=program.case, actor=request.user, **form.cleaned_data
            )
        except access_actions.TooManyHelpers:
            form.add_error(None, _FULL)
        else:
            messages.success(request, f"{link.helper_words} has a link. Give it to them alone.")
            return redirect("patient_helpers", program.pk)
    status = 422 if form.is_bound else 200
    context = _page(program, form)
    return render(request, "programs/builder/link/patient_helpers.html", context, status=status)


def _page(program: Program, form: HelperForm) -> dict[str, object]:
    links = program.case.accesses.of_helpers().order_by("pk")
    known = list(links.select_related("created_by", "revoked_by"))
    rows = [_row(link) for link in known if link.revoked_at is None]
    return {
        "program": program,
        "case": program.case,
        "patient": program.case.patient,
        "latest": program.prescriptions.exists(),
        "rows": rows,
        "closed": [link for link in known if link.revoked_at is not None],
        "has_room": len(rows) < access_actions.MOST_HELPERS,
        "most": access_actions.MOST_HELPERS,
        "form": form,
    }


def _row(link: PatientAccess) -> HelperRow:
    card = access_card(link)
    return HelperRow(link, card, square_code(card.url))


def _helpers_page(request: PracticeRequest, program_id: uuid.UUID, access_id: int) -> str:
    program = _program(request, program_id)
    get_object_or_404(program.case.accesses.of_helpers(), pk=access_id)
    return reverse("patient_helpers", args=[program.pk])


@requires(Action.REGISTER)
@posted_from(_helpers_page)
def patient_helper_close(
    request: PracticeRequest, program_id: uuid.UUID, access_id: int
) -> HttpResponseRedirect:
    """Close one link at once; every other one stays open."""
    program = _program(request, program_id)
    links = program.case.accesses.of_helpers()
    link = get_object_or_404(links, pk=access_id)
    closed = access_actions.close_helper(case=program.case, actor=request.user, access_id=link.pk)
    if closed is not None:
        messages.success(request, f"The link of {closed.helper_words} is closed on every device.")
    else:
        messages.info(request, "This link was closed already.")
    return redirect("patient_helpers", program.pk)


def _program(request: PracticeRequest, program_id: uuid.UUID) -> Program:
    return get_object_or_404(programs_of(request.practice), pk=program_id)
