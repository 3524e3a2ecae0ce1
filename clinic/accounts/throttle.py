"""Sign-in is slowed down: five wrong passwords from one place close the door for a while."""

import ipaddress
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from clinic.models.user import UserManager

#: Far more than the people of one practice mistype in a quarter of an hour.
MOST_FAILURES_FROM_ONE_PLACE = 50


def username(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The account that a sign-in is about, in its one spelling."""
    given = credentials or {}
    typed = given.get("username") or given.get("email")
    if typed is None and request is not None:
        typed = request.POST.get("username", "")
    return UserManager.normalize_email(typed)[:255]


def client_address(request: HttpRequest) -> str:
    """Where a request comes from, as one address; ``0.0.0.0`` where nobody knows.

    ``X-Forwarded-For`` counts only as far as ``TRUSTED_PROXIES`` of our own wrote it: the entry
    that the outermost trusted proxy added is the caller, everything before it can be invented.
    """
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        chain = request.headers.get("X-Forwarded-For", "").split(",")
        hops = [hop.strip() for hop in chain if hop.strip()]
        if len(hops) >= proxies and (address := _address(hops[-proxies])):
            return address
    return _address(str(request.META.get("REMOTE_ADDR", ""))) or "0.0.0.0"  # noqa: S104


def client_network(request: HttpRequest) -> str:
    """The same, with an IPv6 household counted as one: it has more addresses than can be tried."""
    address = ipaddress.ip_address(client_address(request))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def _address(text: str) -> str:
    """The address in what a proxy wrote, which may name a port, too; empty where there is none."""
    bare = text.partition("]")[0].removeprefix("[") if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def is_crowded(request: HttpRequest) -> bool:
    """Whether too many wrong passwords came from this network, whatever names they were for.

    One password tried on many names stays below the limit of each name.
    """
    found = AccessAttempt.objects.filter(
        ip_address=client_network(request),
        attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME,
    ).aggregate(failures=Sum("failures_since_start"))
    return (found["failures"] or 0) >= MOST_FAILURES_FROM_ONE_PLACE


def locked_out(
    request: HttpRequest, original: Any = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """The sign-in page with a clear message, and the address still typed in."""
    return _paused(request, typed=request.POST.get("username", ""))


def crowded_out(request: HttpRequest) -> HttpResponse:
    """The same page for a place from which nobody signs in for a while."""
    return _paused(request, typed="")


def _paused(request: HttpRequest, *, typed: str) -> HttpResponse:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"locked_minutes": minutes, "typed": typed}
    return render(request, "clinic/accounts/locked_out.html", context, status=429)
