"""What each role may do."""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from clinic.http import PracticeRequest
from clinic.models import Membership, Role


class Action(Enum):
    """Something that not everybody in a practice may do."""

    TREAT = "see patients, prescribe and issue"
    MANAGE_PRACTICE = "change the practice's details and limits"
    MANAGE_TEAM = "add and end members"


ALLOWED: dict[Role, frozenset[Action]] = {
    Role.OWNER: frozenset(Action),
    Role.CLINICIAN: frozenset({Action.TREAT}),
}

_View = TypeVar("_View", bound=Callable[..., HttpResponseBase])


def allows(membership: Membership | None, action: Action) -> bool:
    """Whether this member may do it."""
    if membership is None or not membership.is_active:
        return False
    return action in ALLOWED[Role(membership.role)]


def requires(action: Action) -> Callable[[_View], _View]:
    """A view that only members with this permission may open; others of the practice get 403."""

    def decorate(view: _View) -> _View:
        @wraps(view)
        def guarded(request: PracticeRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allows(request.membership, action):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate
