"""Sign-in is slowed down: five wrong passwords from one place close the door for a while."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clinic.models.user import UserManager


def username(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The account that a sign-in is about, in its one spelling."""
    given = credentials or {}
    typed = given.get("username") or given.get("email")
    if typed is None and request is not None:
        typed = request.POST.get("username", "")
    return UserManager.normalize_email(typed)[:255]


def client_address(request: HttpRequest) -> str:
    """Where a request comes from.

    ``X-Forwarded-For`` counts only as far as ``TRUSTED_PROXIES`` of our own wrote it: the entry
    that the outermost trusted proxy added is the caller, everything before it can be invented.
    """
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        chain = request.headers.get("X-Forwarded-For", "").split(",")
        hops = [hop.strip() for hop in chain if hop.strip()]
        if len(hops) >= proxies:
            return hops[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def locked_out(
    request: HttpRequest, original: Any = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The sign-in page with a clear message, and the address still typed in."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"locked_minutes": minutes, "typed": request.POST.get("username", "")}
    return render(request, "registration/locked_out.html", context, status=429)
