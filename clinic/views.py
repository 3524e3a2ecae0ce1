"""What belongs to the whole site: health, robots, switching practices, a form left too long."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from clinic.http import PracticeRequest
from clinic.middleware import PRACTICE_KEY


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


@require_POST
def switch_practice(request: PracticeRequest) -> HttpResponseRedirect:
    """Work in another practice of mine; a stranger's changes nothing."""
    wanted = request.POST.get("practice", "")
    for membership in request.memberships:
        if str(membership.practice_id) == wanted:
            request.session[PRACTICE_KEY] = membership.practice_id
            messages.success(request, f"You are now working in {membership.practice}.")
    return redirect("dashboard")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for too long, or came from somewhere else."""
    return render(request, "403_csrf.html", status=403)
