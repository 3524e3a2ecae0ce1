"""The doors: which practice a request works in, and what every response says to the browser."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from clinic.models import Membership

View = TypeVar("View", bound=Callable[..., Any])
Response = Callable[[HttpRequest], HttpResponseBase]

PRACTICE_KEY = "practice_id"
SEEN_KEY = "seen_at"
RENEW_SECONDS = 600

#: What no page of this site uses.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip


def response_headers(get_response: Response) -> Response:
    """Nothing is kept by a cache, and no page may use the device, unless a view says otherwise."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


class PracticeMiddleware:
    """Sets ``request.practice`` and ``request.membership``, looked up afresh on each request.

    A membership that ended since the last click opens nothing. Times are shown in the practice's
    zone from here on.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Start without a practice, and leave the time zone as it was."""
        request.practice = None  # type: ignore[attr-defined]
        request.membership = None  # type: ignore[attr-defined]
        request.memberships = []  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Find the practice, except for pages that need no sign-in."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        self._renew(request)
        memberships = list(
            Membership.objects.active().filter(user=request.user).select_related("practice")
        )
        if not memberships:
            if getattr(view, "practice_not_required", False):
                return None
            return render(request, "clinic/no_practice.html", status=403)
        current = next(
            (m for m in memberships if m.practice_id == request.session.get(PRACTICE_KEY)),
            memberships[0],
        )
        current.user = request.user
        request.memberships = memberships  # type: ignore[attr-defined]
        request.membership = current  # type: ignore[attr-defined]
        request.practice = current.practice  # type: ignore[attr-defined]
        timezone.activate(current.practice.zone)
        return None

    @staticmethod
    def _renew(request: HttpRequest) -> None:
        """Move the end of an active session forward, without a write on each click."""
        now = int(time.time())
        if now - request.session.get(SEEN_KEY, 0) > RENEW_SECONDS:
            request.session[SEEN_KEY] = now


def practice_not_required(view: View) -> View:
    """Mark a page that a signed-in person without a practice may still open."""
    view.practice_not_required = True  # type: ignore[attr-defined]
    return view
