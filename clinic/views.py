"""What belongs to the whole site: health, robots, switching practices, a form left too long."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from clinic.http import PracticeRequest, asked_back
from clinic.middleware import PRACTICE_KEY, any_practice, nothing_to_carry, practice_not_required


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the server answers, and its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines are asked to stay out of the whole site."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@nothing_to_carry
@any_practice
@require_POST
def switch_practice(request: PracticeRequest) -> HttpResponseRedirect:
    """Work in another practice of mine, and go on at ``next``; a stranger's changes nothing."""
    wanted = request.POST.get("practice", "")
    for membership in request.memberships:
        if str(membership.practice_id) == wanted:
            request.session[PRACTICE_KEY] = membership.practice_id
            messages.success(request, f"You are now working in {membership.practice}.")
            return redirect(asked_back(request) or "dashboard")
    return redirect("dashboard")


@practice_not_required
@require_GET
def form_token(request: HttpRequest) -> JsonResponse:
    """A new token for the forms of a page whose session ended and began again elsewhere."""
    return JsonResponse({"token": get_token(request)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or came from somewhere else."""
    return render(request, "403_csrf.html", status=403)
