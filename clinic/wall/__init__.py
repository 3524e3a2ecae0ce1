"""The wall between practices, as the database holds it: whose rows a piece of work may touch.

Row-level security shows a connection no row of any practice until it is told whose work this is.
A request begins closed, and is opened by what has been checked: a membership, or a patient's
device. A job opens one practice after the other. What was opened rides along with each statement
or transaction (``clinic.wall.base``) and ends with it, so that a connection that is shared by a
pooler carries nothing over to the next who gets it.

The policies are in ``clinic.wall.policies``. Outside of all this, a command that migrates and the
tests' own hands work as the owner of the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows: of one practice, of one case in it, and the memberships of one person."""

    practice: int | None = None
    case: UUID | None = None
    user: int | None = None


_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)


def scope() -> Scope | None:
    """What is open now; None outside of any request or job."""
    return _scope.get()


@contextmanager
def closed() -> Iterator[None]:
    """Nothing of any practice, until it is opened; afterwards as before."""
    with _as(Scope()):
        yield


@contextmanager
def within(practice: int, *, case: UUID | None = None) -> Iterator[None]:
    """The rows of one practice, or of one case of it, and no other's; afterwards as before."""
    with _as(Scope(practice=practice, case=case)):
        yield


def enter(
    *, practice: int | None = None, case: UUID | None = None, user: int | None = None
) -> None:
    """Open for the rest of a request what has been checked; whoever closed it ends this too.

    What is said takes the place of what was open, but a person stays who they are. Does nothing
    outside of a request or job.
    """
    now = _scope.get()
    if now is not None:
        _scope.set(replace(now, practice=practice, case=case, user=user or now.user))


@contextmanager
def _as(opened: Scope) -> Iterator[None]:
    token = _scope.set(opened)
    try:
        yield
    finally:
        _scope.reset(token)
