"""What each role may do."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from clinic.http import PracticeRequest
from clinic.models import Membership, Role


class Action(Enum):
    """Something that not everybody in a practice may do."""

    SEE = "See patients, cases and programs, and print"
    READ_NOTES = "Read visit notes"
    REGISTER = "Register patients, correct their details, renew their links"
    TREAT = "Decide about treatment: screen, prescribe, issue, override, acknowledge, clear"
    MANAGE_PRACTICE = "Change the practice’s details and limits, and see who did what"
    MANAGE_TEAM = "Invite people, change roles, end memberships"


ALLOWED: dict[Role, frozenset[Action]] = {
    Role.OWNER: frozenset(Action),
    Role.CLINICIAN: frozenset({Action.SEE, Action.READ_NOTES, Action.REGISTER, Action.TREAT}),
    Role.ASSISTANT: frozenset({Action.SEE, Action.REGISTER}),
    Role.READ_ONLY: frozenset({Action.SEE, Action.READ_NOTES}),
}
_LOOKING = frozenset({Action.REGISTER, Action.TREAT})
"""What is done on pages that everybody in the practice may look at."""

_MANY = {
    Role.OWNER: "owners",
    Role.CLINICIAN: "clinicians",
    Role.ASSISTANT: "assistants",
    Role.READ_ONLY: "members who only read",
}

_View = TypeVar("_View", bound=Callable[..., HttpResponseBase])


def allows(membership: Membership | None, action: Action) -> bool:
    """Whether this member may do it."""
    if membership is None or not membership.is_active:
        return False
    return action in ALLOWED[Role(membership.role)]


def roles_that_may(action: Action) -> list[Role]:
    """Those whose members may do it."""
    return [role for role in Role if action in ALLOWED[role]]


def who_may(action: Action) -> str:
    """Those who may, in words: "owners and clinicians"."""
    kinds = [_MANY[role] for role in roles_that_may(action)]
    return " and ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))


def requires(action: Action, *, whole: bool = False) -> Callable[[_View], _View]:
    """A view that only members with this permission may use; others of the practice get 403.

    A page of patients' treatment is there for everybody to look at; the permission is for sending
    its forms. ``whole``: the page is nothing but its form, so that whoever may not send it is told
    who may instead of filling it in for nothing.
    """

    def decorate(view: _View) -> _View:
        @wraps(view)
        def guarded(request: PracticeRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            looks = not whole and request.method in ("GET", "HEAD") and action in _LOOKING
            if not allows(request.membership, Action.SEE if looks else action):
                raise PermissionDenied(f"This is for {who_may(action)} of the practice.")
            return view(request, *args, **kwargs)

        guarded.only_for = action if whole else getattr(view, "only_for", None)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One line of the table that owners see: what it is, and who may, in the order of the roles."""

    words: str
    allowed: tuple[bool, ...]


def role_table() -> tuple[RoleRow, ...]:
    """Who may do what, whole."""
    return tuple(
        RoleRow(action.value, tuple(action in ALLOWED[role] for role in Role)) for action in Action
    )
