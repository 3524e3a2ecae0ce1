"""What every page knows: the navigation, and whether this is a trial server.

``settings.NAVIGATION_COUNTS`` names, by the name of an address, functions of apps above this one
that are called with the request and say how many things wait there.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from clinic.permissions import Action, allows

NAVIGATION = (
    ("Dashboard", "dashboard", None),
    ("Inbox", "inbox", Action.SEE),
    ("Patients", "patient_list", Action.SEE),
    ("Exercises", "catalogue", Action.SEE),
    ("Practice", "practice_settings", Action.MANAGE_PRACTICE),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation."""

    label: str
    url: str
    current: bool
    name: str
    request: HttpRequest

    @property
    def count(self) -> int:
        """How many things wait there; counted only where a page shows it."""
        path = getattr(settings, "NAVIGATION_COUNTS", {}).get(self.name)
        return import_string(path)(self.request) if path else 0


def navigation(request: HttpRequest) -> list[Link]:
    """The entries that this member may open, the present one marked."""
    links = []
    for label, name, action in NAVIGATION:
        if action is not None and not allows(getattr(request, "membership", None), action):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        here = request.path == url or (url != "/" and request.path.startswith(url))
        links.append(Link(label, url, here, name, request))
    return links


def _lesser_role(request: HttpRequest) -> str:
    """The role of somebody who decides nothing here, for every page to say; else nothing."""
    membership = getattr(request, "membership", None)
    if membership is None or allows(membership, Action.TREAT):
        return ""
    return str(membership.get_role_display())


def _may(request: HttpRequest) -> dict[str, bool]:
    """What this member may do, by the action's name: ``{% if may.treat %}`` around its button.

    ``request.reads_only`` is set by a page of what nobody may change as it stands.
    """
    membership = getattr(request, "membership", None)
    may = {action.name.lower(): allows(membership, action) for action in Action}
    if getattr(request, "reads_only", False):
        may |= {Action.TREAT.name.lower(): False, Action.REGISTER.name.lower(): False}
    return may


def site(request: HttpRequest) -> dict[str, Any]:
    """Add what every page shows: where one is, where one may go, and as what."""
    practice = getattr(request, "practice", None)
    return {
        "practice": practice,
        "memberships": getattr(request, "memberships", []),
        "navigation": navigation(request) if practice is not None else [],
        "is_trial": settings.DEVELOPMENT,
        "role": _lesser_role(request),
        "may": _may(request),
    }
