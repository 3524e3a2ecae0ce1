"""What somebody typed before they were signed out, on its way through signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from clinic.typed import KEPT, Typed, read_typed


def typed_before(request: HttpRequest) -> Typed | None:
    """The fields that the sign-in form carries, if any."""
    return read_typed(request.POST.get(KEPT, ""))


def with_typed(request: HttpRequest, onward: HttpResponse) -> HttpResponse:
    """Where signing in leads: on, or to the form that waits to be sent."""
    typed = typed_before(request)
    if typed is None or not isinstance(onward, HttpResponseRedirect):
        return onward
    page = render(request, "clinic/accounts/send_again.html", {"next": onward.url, "typed": typed})
    # What signing in left on the device stays there.
    page.cookies = onward.cookies
    return page
