"""The request as a clinician's view sees it, and the methods of a page with a form."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from clinic.models import Membership, Practice, User

require_get_or_post = require_http_methods(["GET", "HEAD", "POST"])
"""For a page that is shown, and whose form is sent to the same address."""


class PracticeRequest(HttpRequest):
    """A signed-in request, after ``PracticeMiddleware``: the practice is there, and checked."""

    user: User
    practice: Practice
    membership: Membership
    #: Every practice this person may switch to, the present one included.
    memberships: list[Membership]
    #: True in a condition when htmx asks for a part of the page.
    htmx: HtmxDetails


def asked_back(request: HttpRequest) -> str:
    """The address in ``next`` to go back to, where it is a path of this site; else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else ""
