"""The clinician's side of the patient's door: see the link, renew it, revoke it."""

from __future__ import annotations

import uuid
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from patients.models import Case
from programs.access import actions as access_actions
from programs.access import link_card
from programs.access.models import PatientAccess
from programs.builder.link import sending, status
from programs.prescriptions.models import Program
from programs.prescriptions.queries import programs_of

SENDINGS_SHOWN = 20


@requires(Action.TREAT)
@require_safe
def patient_access(request: PracticeRequest, program_id: uuid.UUID) -> HttpResponse:
    """The link, the code and the square code of one program, and how the door is doing."""
    found = _program(request, program_id)
    case = found.case
    access = _own(case)
    card = link_card.access_card(access) if access else None
    context: dict[str, Any] = {
        "program": found,
        "case": case,
        "patient": case.patient,
        "access": access,
        "card": card,
        "square": square_code(card.url) if card else "",
        "watch": status.watch(access) if access else None,
        "latest": found.prescriptions.defer("payload", "draft").first(),
        "helpers": list(case.accesses.of_helpers().filter(revoked_at=None)),
    }
    if access and card:
        context |= {
            "words": sending.link_text(case.patient, case.practice, card.url),
            "can_email": sending.can_email(case.patient),
            "sendings": list(access.sendings.select_related("sent_by")[:SENDINGS_SHOWN]),
            "key": uuid.uuid4(),
        }
    return render(request, "programs/builder/link/patient_access.html", context)


def _link_page(request: PracticeRequest, program_id: uuid.UUID) -> str:
    return reverse("patient_access", args=[_program(request, program_id).pk])


@requires(Action.REGISTER)
@posted_from(_link_page)
def patient_access_renew(request: PracticeRequest, program_id: uuid.UUID) -> HttpResponseRedirect:
    """A new link and code; the old ones stop working."""
    found = _program(request, program_id)
    if not found.prescriptions.exists():
        messages.error(request, "Issue the program first. The link is made with it.")
        return redirect("patient_access", found.pk)
    had_one = _own(found.case)
    try:
        access_actions.renew_access(
            case=found.case, actor=request.user, seen=request.POST.get("link")
        )
    except Refused as refusal:
        messages.info(request, refusal.message)
        return redirect("patient_access", found.pk)
    messages.success(
        request,
        "The link and the code are new. The old ones no longer open anything. "
        "Give the patient the new link, or print the handout again."
        if had_one
        else "There is a link again. Give it to the patient, or print the handout again.",
    )
    return redirect("patient_access", found.pk)


@requires(Action.REGISTER)
@posted_from(_link_page)
def patient_access_send(request: PracticeRequest, program_id: uuid.UUID) -> HttpResponseRedirect:
    """Send the link by e-mail, or put on record that it was handed over in another way."""
    found = _program(request, program_id)
    back = redirect("patient_access", found.pk)
    access = _own(found.case)
    way, key = request.POST.get("way", ""), _uuid(request.POST.get("key", ""))
    if access is None or not access.is_usable or way not in sending.WAY_CODES or key is None:
        messages.error(request, "Nothing was sent. Open the page again.")
        return back
    if way == "email" and not sending.can_email(found.case.patient):
        messages.error(request, "Nothing was sent: there is no e-mail address on record.")
        return back
    sent, _ = sending.send_link(access=access, actor=request.user, way=way, key=key)
    words = f"The link is on its way to {sent.to}." if way == "email" else "It is on record."
    messages.success(request, words)
    return back


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@requires(Action.REGISTER)
@posted_from(_link_page)
def patient_access_revoke(request: PracticeRequest, program_id: uuid.UUID) -> HttpResponseRedirect:
    """Close the link at once, on every device."""
    found = _program(request, program_id)
    try:
        closed = access_actions.revoke_access(
            case=found.case, actor=request.user, seen=request.POST.get("link")
        )
    except Refused as refusal:
        messages.info(request, refusal.message)
        return redirect("patient_access", found.pk)
    if closed:
        messages.success(request, "The link is closed. It no longer opens on any device.")
    else:
        messages.info(request, "There was no open link.")
    return redirect("patient_access", found.pk)


def _own(case: Case) -> PatientAccess | None:
    """The patient's own link that stands."""
    found: PatientAccess | None = case.accesses.filter(revoked_at=None, helper="").first()
    return found


def _program(request: PracticeRequest, program_id: uuid.UUID) -> Program:
    return get_object_or_404(programs_of(request.practice), pk=program_id)


def square_code(url: str) -> SafeString:
    """The link as inline SVG: black on white, whatever the page's colours."""
    code = segno.make_qr(url, error="m", boost_error=False)
    return mark_safe(  # noqa: S308 (drawn here from an address of our own)
        code.svg_inline(
            border=4, light="#fff", svgclass="square-code", lineclass=None, omitsize=True
        )
    )
