"""Signing in and all that leads to it is slowed down for whoever guesses.

What is counted and how often is in ``clinic.guesses.limits``; here is under which keys. An address
that has no account is counted and answered like one that has.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from clinic.accounts.devices import known_device
from clinic.guesses.counting import Budget, Closed, Taken, forget, guess_key, network, take
from clinic.guesses.limits import (
    FROM_KNOWN_DEVICES,
    FROM_ONE_PLACE,
    FROM_STRANGERS,
    INVITATIONS_OF_ONE,
    INVITATIONS_TO_ONE,
    OF_ANY_ACCOUNT,
    RESETS_FROM_ONE_PLACE,
    RESETS_TO_ONE,
    SECOND_FACTOR,
    TELL_OWNER,
    WHEN_SIGNED_IN,
    WRONG_INVITATIONS,
)
from clinic.models import User
from clinic.parsing.printable import unlinked

_SHORT: Final = dt.timedelta(minutes=16)
"""A longer wait means that a day's tries are used up, and not a quarter of an hour's."""


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


def account_of(typed: str) -> str:
    """The account that a sign-in is about, in its one spelling."""
    return User.objects.normalize_email(typed)[:254]


def password_try(request: HttpRequest, account: str) -> Taken | Closed:
    """One try at the password of an account; an address without one is counted alike.

    A device that the account knows has tries of its own, which no stranger can use up.
    """
    if device := known_device(request, account):
        return _told(account, take(*_of_known(account, device)))
    here = network(client_address(request))
    return _told(
        account,
        take(
            Budget(guess_key("sign-in-here", f"{account} {here}"), FROM_ONE_PLACE),
            Budget(guess_key("sign-in-place", here), OF_ANY_ACCOUNT),
            Budget(guess_key("sign-in", account), FROM_STRANGERS),
        ),
    )


def password_again(account: str) -> Taken | Closed:
    """One try at the password of somebody who is signed in."""
    budget = Budget(guess_key("password-again", account), WHEN_SIGNED_IN)
    return _told(account, take(budget))


def second_factor_try(request: HttpRequest, account: str) -> Taken | Closed:
    """One try at the second factor, after a right password."""
    kind = "known" if known_device(request, account) else "strange"
    budget = Budget(guess_key(f"factor-{kind}", account), SECOND_FACTOR)
    return _told(account, take(budget))


def reset_letter(request: HttpRequest, account: str) -> Taken | Closed:
    """One letter with a link for a new password."""
    here = network(client_address(request))
    return take(
        Budget(guess_key("resets-to", account), RESETS_TO_ONE),
        Budget(guess_key("resets-from", here), RESETS_FROM_ONE_PLACE),
    )


def invitation_letter(*, practice: int, address: str) -> Taken | Closed:
    """One letter that asks an address to join a practice."""
    account = User.objects.normalize_email(address)
    return take(
        Budget(guess_key("invitations-to", account), INVITATIONS_TO_ONE),
        Budget(guess_key("invitations-of", str(practice)), INVITATIONS_OF_ONE),
    )


def invitation_link_try(request: HttpRequest) -> Taken | Closed:
    """One try at the link of an invitation."""
    here = network(client_address(request))
    return take(Budget(guess_key("invitation-link", here), WRONG_INVITATIONS))


def forgive(request: HttpRequest, account: str) -> None:
    """A right password wipes out the slips from the same device and the same place."""
    if device := known_device(request, account):
        forget(guess_key("sign-in-device", f"{account} {device}"))
    here = network(client_address(request))
    forget(guess_key("sign-in-here", f"{account} {here}"))


def _of_known(account: str, device: str) -> tuple[Budget, Budget]:
    burst, day = FROM_KNOWN_DEVICES
    return (
        Budget(guess_key("sign-in-device", f"{account} {device}"), (burst,)),
        Budget(guess_key("sign-in-known", account), (day,)),
    )


def _told(account: str, tried: Taken | Closed) -> Taken | Closed:
    """The same; where a day's tries are used up, the account's owner hears of it, once a day."""
    if isinstance(tried, Closed) and tried.until > timezone.now() + _SHORT:
        tell_owner(account)
    return tried


def tell_owner(account: str) -> None:
    """Write to whoever owns the account that somebody is guessing at it."""
    user = User.objects.filter(email=account, is_active=True).first()
    if user is None:
        return
    if isinstance(take(Budget(guess_key("told", account), TELL_OWNER)), Closed):
        return
    body = render_to_string(
        "clinic/accounts/guessed_email.txt",
        {
            "name": unlinked(user.get_short_name()),
            "link": settings.PUBLIC_URL + reverse("forgot_password"),
        },
    )
    send_mail("Somebody is guessing at your password", body, None, [account])


def locked_out(request: HttpRequest, closed: Closed, *, typed: str = "") -> HttpResponse:
    """A page that says how long to wait and what works meanwhile."""
    seconds = max(1, int((closed.until - timezone.now()).total_seconds()))
    context = {"minutes": -(-seconds // 60), "typed": typed}
    response = render(request, "clinic/accounts/locked_out.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
