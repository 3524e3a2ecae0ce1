"""The patient's pages: the code, the door, and the handout behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from clinic.http import posted_from, require_get_or_post
from programs.access.codes import token_in
from programs.access.models import DeviceGrant, PatientAccess
from programs.portal import published
from programs.portal.door import cookie, opening
from programs.portal.door.decorators import PatientRequest, closed_door, patient_page, remembered
from programs.portal.door.forms import CodeForm, YearForm
from programs.portal.stopping import is_stopped
from programs.prescriptions.handout import handout
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.queries import own_link


@patient_page
@require_get_or_post
def portal_code(request: HttpRequest) -> HttpResponse:
    """Type the code from the paper; a right one leads to the door."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if token := token_in(request.POST.get("code", "")):
            return redirect("portal_door", token)
        form = CodeForm(request.POST)
        if form.is_valid():
            found = opening.by_code(form.cleaned_data["code"], request)
            if isinstance(found, opening.Locked):
                return _wait(request, found)
            if found is not None:
                return redirect("portal_door", found.token)
            form.add_error(
                "code",
                "No page opens with this code. Check each letter and number against your "
                "newest paper. If it matches your paper, ring the practice for a new code.",
            )
    return render(request, "programs/portal/door/portal_code.html", {"form": form}, status=status)


@patient_page
@require_get_or_post
def portal_door(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the year of birth, unless this device is remembered."""
    found = opening.by_token(token)
    if found is None:
        return closed_door(request)
    if request.method != "POST":
        known = [d for d in cookie.devices(request) if d.access_id == found.pk]
        if known:
            return redirect("portal_program", known[-1].pk)
        return _door(request, found, YearForm())
    form = YearForm(request.POST, helper=found.helper)
    if locked := opening.waiting(found, request):
        return _wait(request, locked)
    if form.is_valid():
        answer = opening.knock(found, form.cleaned_data["year"], request)
        if isinstance(answer, opening.Locked):
            return _wait(request, answer)
        if isinstance(answer, opening.Opened):
            response = redirect("portal_program", answer.grant.pk)
            cookie.remember(response, request, answer)
            return response
        form.add_error("year", _wrong_year(answer.left))
    return _door(request, found, form)


def _door(request: HttpRequest, access: PatientAccess, form: YearForm) -> HttpResponse:
    context = {"form": form, "helper": access.helper}
    return render(request, "programs/portal/door/portal_door.html", context)


def _wrong_year(left: int) -> str:
    tries = "1 more time" if left == 1 else f"{left} more times"
    return (
        f"This year is not the one we have. Check it and try again. You can try {tries}. "
        "If it is right, call the practice: they can put it right."
    )


def _wait(request: HttpRequest, locked: opening.Locked) -> HttpResponse:
    """Too many tries: how long to wait, in words and for machines."""
    response = render(
        request, "programs/portal/door/portal_wait.html", {"locked": locked}, status=429
    )
    if not locked.is_for_good:
        response["Retry-After"] = str(locked.seconds)
    return response


def _owner(device: DeviceGrant) -> str:
    return opening.owner_of(device.access.case, device.access.helper_words)


@patient_page
@require_safe
def portal_today(request: HttpRequest) -> HttpResponse:
    """The address without a program in it: the one that this device opens, or a choice.

    ``for`` names a person as an icon on the home screen does; without any program the code is
    asked for, since an icon that has just been made opens here.
    """
    devices = cookie.devices(request)
    wanted = request.GET.get("for", "")
    named = [d for d in devices if wanted and _owner(d) == wanted]
    if not devices:
        return redirect("portal_code") if wanted else closed_door(request)
    if named or len(devices) == 1:
        return redirect("portal_program", (named or devices)[-1].pk)
    return render(request, "programs/portal/door/portal_today.html", {"devices": devices})


@remembered
@require_safe
def portal_handout(request: PatientRequest) -> HttpResponse:
    """The printed handout as a file."""
    return _handout(request, PrintOptions())


@remembered
@require_safe
def portal_handout_large(request: PatientRequest) -> HttpResponse:
    """The printed handout in large print."""
    return _handout(request, PrintOptions(large=True))


def _handout(request: PatientRequest, options: PrintOptions) -> HttpResponse:
    """The kept PDF; where the program must not be done now, the page that says so."""
    issued = published.latest_issued(request.device.access)
    if issued is None or has_ended(request, issued) or is_stopped(request.case):
        return redirect("portal_program", request.device.pk)
    kept = handout.kept(issued, _printed_link(request), options)
    name = handout.download_name(issued.words(), options)
    return HttpResponse(
        kept.whole(),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _printed_link(request: PatientRequest) -> PatientAccess:
    """The link on the paper is the patient's, whoever prints it: who helps keeps theirs."""
    access = request.device.access
    return own_link(request.case) or access if access.helper else access


def has_ended(request: PatientRequest, issued: IssuedPrescription) -> bool:
    """Whether the program or its case is over."""
    return issued.program.ended_at is not None or request.case.closed_at is not None


def _program_page(request: PatientRequest) -> str:
    return reverse("portal_program", args=[request.device.pk])


@remembered
@posted_from(_program_page)
def portal_forget(request: PatientRequest) -> HttpResponse:
    """This device asks for the year again from now on. The page asks once more before it posts."""
    response = redirect("portal_forgotten")
    cookie.forget(response, request, request.device)
    response["Clear-Site-Data"] = '"cache"'
    return response


@patient_page
@require_safe
def portal_forgotten(request: HttpRequest) -> HttpResponse:
    """Said after forgetting."""
    return render(request, "programs/portal/door/portal_forgotten.html")


@patient_page
def portal_closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address under the patient's pages: a mistyped link."""
    return closed_door(request)
