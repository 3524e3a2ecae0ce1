"""What belongs to the whole site: health, robots, switching practices, a form left too long."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
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
