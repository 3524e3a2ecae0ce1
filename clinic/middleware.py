"""The doors: which practice a request works in, and what every response says to the browser."""

import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from clinic import wall
from clinic.models import Membership, User
from clinic.typed import SWITCH, WHOSE, WHOSE_HEADER, typed_in

_View = TypeVar("_View", bound=Callable[..., Any])
Response = Callable[[HttpRequest], HttpResponseBase]

_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
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


def closed_wall(get_response: Response) -> Response:
    """No row of any practice is seen, until what is checked on the way opens one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with wall.closed():
            return get_response(request)

    return middleware


class SignInMiddleware(LoginRequiredMiddleware):
    """Django's, without losing what somebody typed while their session ended."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """A part of a page stays as it is; a form waits inside the sign-in page."""
        if request.headers.get("HX-Request") == "true":
            # Nothing on the page is replaced: a dialog offers to sign in beside it.
            return HttpResponse(
                status=401, headers={"HX-Reswap": "none", "HX-Trigger": "clinic:signed-out"}
            )
        typed = typed_in(request)
        if typed and getattr(view_func, "carries_on", True):
            context = {"next": request.get_full_path(), "typed": typed}
            return render(request, "clinic/sign_in_again.html", context, status=401)
        return super().handle_no_permission(request, view_func)


class PracticeMiddleware:
    """Sets ``request.practice`` and ``request.membership``, looked up afresh on each request.

    A membership that ended since the last click opens nothing. A form that was loaded for another
    practice changes nothing, and an address of another practice of this person's offers to switch.
    Times are shown in the practice's zone from here on.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Start without a practice, and leave the time zone as it was."""
        request.practice = None  # type: ignore[attr-defined]
        request.membership = None  # type: ignore[attr-defined]
        request.memberships = []  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            if response.status_code == 404 and request.method == "GET":
                return self._elsewhere(request) or response
            return response
        finally:
            timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Find the practice, except for pages that need no sign-in."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        self._renew(request)
        wall.enter(user=request.user.pk)
        memberships = list(
            Membership.objects.active().filter(user=request.user).select_related("practice")
        )
        if not memberships:
            if getattr(view, "practice_not_required", False):
                return None
            return render(request, "clinic/no_practice.html", status=403)
        current = next(
            (m for m in memberships if m.practice_id == request.session.get(PRACTICE_KEY)),
            None,
        ) or start_of(request.user, memberships)
        request.memberships = memberships  # type: ignore[attr-defined]
        meant = self._meant(request) if request.method == "POST" else ""
        if meant and meant != str(current.practice_id) and not getattr(view, "any_practice", False):
            other = next((m for m in memberships if str(m.practice_id) == meant), None)
            _work_in(request, current)
            if other is None or request.POST.get(SWITCH) != meant:
                return _wrong_practice(request, other, typed=True)
            request.session[PRACTICE_KEY] = other.practice_id
            current = other
        _work_in(request, current)
        return _set_up_first(request, view)

    @staticmethod
    def _meant(request: HttpRequest) -> str:
        """The practice the page of this post was loaded for, where it says so."""
        return request.POST.get(WHOSE, "") or request.headers.get(WHOSE_HEADER, "")

    @staticmethod
    def _elsewhere(request: HttpRequest) -> HttpResponseBase | None:
        """What to answer to an address of another practice of this person's; ``None`` if it is not.

        The page is tried as each of the others would see it, and anything it writes is undone.
        """
        here = getattr(request, "membership", None)
        match = request.resolver_match
        if here is None or match is None:
            return None
        for other in request.memberships:  # type: ignore[attr-defined]
            if other.practice_id == here.practice_id:
                continue
            _work_in(request, other)
            try:
                with transaction.atomic():
                    answer = match.func(request, *match.args, **match.kwargs)
                    transaction.set_rollback(True)
            except (Http404, PermissionDenied):
                continue
            finally:
                _work_in(request, here)
            if answer.status_code < 400:
                return _wrong_practice(request, other, typed=False)
        return None

    @staticmethod
    def _renew(request: HttpRequest) -> None:
        """Move the end of an active session forward, without a write on each click."""
        now = int(time.time())
        if now - request.session.get(SEEN_KEY, 0) > RENEW_SECONDS:
            request.session[SEEN_KEY] = now


def _set_up_first(request: HttpRequest, view: Callable[..., Any]) -> HttpResponseBase | None:
    """Where the practice asks for a second factor: on to setting one up, before anything else."""
    membership: Membership = request.membership  # type: ignore[attr-defined]
    if not membership.practice.needs_second_factor or getattr(view, "practice_not_required", False):
        return None
    if is_mfa_enabled(request.user, _FACTORS):
        return None
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("mfa_index")})
    return redirect("mfa_index")


def start_of(user: User, memberships: Sequence[Membership]) -> Membership:
    """Where somebody begins: in the practice they chose, else in the one they joined first.

    So joining another one changes nothing, however its name is spelled.
    """
    chosen = next((m for m in memberships if m.practice_id == user.start_practice_id), None)
    return chosen or min(memberships, key=lambda m: m.pk)


def _work_in(request: HttpRequest, membership: Membership) -> None:
    wall.enter(practice=membership.practice_id)
    membership.user = request.user  # type: ignore[assignment]
    request.membership = membership  # type: ignore[attr-defined]
    request.practice = membership.practice  # type: ignore[attr-defined]
    timezone.activate(membership.practice.zone)


def _wrong_practice(
    request: HttpRequest, other: Membership | None, *, typed: bool
) -> HttpResponseBase:
    """Say whose the page is and offer to switch. ``typed``: take the form along."""
    context = {"other": other, "typed": typed_in(request) if typed else None}
    response = render(request, "clinic/wrong_practice.html", context, status=409)
    if request.headers.get("HX-Request") == "true":
        # The whole page: what was on it belongs to the practice that was left.
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "body", "innerHTML"
    return response


def any_practice(view: _View) -> _View:
    """Mark a post that means the same in whichever practice its page was loaded."""
    view.any_practice = True  # type: ignore[attr-defined]
    return view


def nothing_to_carry(view: _View) -> _View:
    """Mark a post that is over once somebody is signed out, such as signing out."""
    view.carries_on = False  # type: ignore[attr-defined]
    return view


def practice_not_required(view: _View) -> _View:
    """Mark a page that a signed-in person without a practice may still open."""
    view.practice_not_required = True  # type: ignore[attr-defined]
    return view
