"""What belongs to the whole site: robots, a security contact, switching practices, old forms."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from clinic.http import PracticeRequest, asked_back, posted_from
from clinic.middleware import PRACTICE_KEY, any_practice, nothing_to_carry, practice_not_required
from clinic.typed import typed_in


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are asked to stay out; a calendar, which its owner subscribed to, is not."""
    lines = ("User-agent: *", "Allow: /p/calendar/", "Disallow: /", "")
    return HttpResponse("\n".join(lines), content_type="text/plain")


@login_not_required
@require_safe
def icon(request: HttpRequest) -> HttpResponseRedirect:
    """A browser asks for this name where no page tells it another: beside a PDF in its own tab."""
    return redirect(static("clinic/img/icon-192.png"))


@login_not_required
@require_safe
def security_contact(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness of this site, as RFC 9116 has it; 404 where nobody was named.

    The text is good for half a year from the day on which it is read.
    """
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (timezone.now() + timedelta(days=182)).strftime("%Y-%m-%dT00:00:00Z")
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until}",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _where_to_go_on(request: PracticeRequest) -> str:
    return asked_back(request) or "dashboard"


@nothing_to_carry
@any_practice
@posted_from(_where_to_go_on)
def switch_practice(request: PracticeRequest) -> HttpResponseRedirect:
    """Work in another practice of mine, and go on at ``next``; a stranger's changes nothing."""
    wanted = request.POST.get("practice", "")
    for membership in request.memberships:
        if str(membership.practice_id) == wanted:
            request.session[PRACTICE_KEY] = membership.practice_id
            messages.success(request, f"You are now working in {membership.practice.full_title}.")
            return redirect(_where_to_go_on(request))
    return redirect("dashboard")


@practice_not_required
@require_GET
def form_token(request: HttpRequest) -> JsonResponse:
    """A new token for the forms of a page whose session ended and began again elsewhere."""
    return JsonResponse({"token": get_token(request)})


CSRF_REASONS = (
    ("cookie", ("CSRF cookie",)),
    ("host", ("Origin checking failed", "Referer checking failed")),
)
"""Kinds of refusal by how Django's reason begins; any other is a page that is too old."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what happened: cookies are blocked, the site's name is another one, or the page is old.

    Where the form came from a page of this site, what was typed waits for one more press.
    """
    kinds = (kind for kind, starts in CSRF_REASONS if reason.startswith(starts))
    why = next(kinds, "old")
    ours = (
        why == "old" and request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    )
    prefix, patients_page = settings.PATIENTS_CSRF_FAILURE
    template = patients_page if request.path.startswith(prefix) else "403_csrf.html"
    context = {"why": why, "typed": typed_in(request) if ours else None}
    return render(request, template, context, status=403)
