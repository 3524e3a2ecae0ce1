"""The request as a clinician's view sees it, and the methods of a page with a form."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from clinic.models import Membership, Practice, User

_View = TypeVar("_View", bound=Callable[..., HttpResponseBase])

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


def posted_from(home: Callable[..., Any]) -> Callable[[_View], _View]:
    """For an address that takes what the form of another page sends.

    Asked for in any other way (a form came back with an error and the page is loaded again, or its
    address was kept) it leads back to that page. ``home`` takes what the view takes, looks in the
    same scope, and gives what ``redirect`` takes. The search in the address stays.
    """

    def decorate(view: _View) -> _View:
        @wraps(view)
        def taking(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in ("GET", "HEAD"):
                address = resolve_url(home(request, *args, **kwargs))
                return redirect(_with(address, request.GET))
            return view(request, *args, **kwargs)

        return require_get_or_post(taking)  # type: ignore[return-value]

    return decorate


def _with(address: str, search: QueryDict) -> str:
    """The address with this search, unless it has one of its own. ``next`` has been heard."""
    words = urlencode({key: value for key, value in search.items() if key != "next"})
    return f"{address}?{words}" if words and "?" not in address else address


def asked_back(request: HttpRequest) -> str:
    """The address in ``next`` to go back to, where it is a path of this site; else nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and wanted.startswith("/") else ""
