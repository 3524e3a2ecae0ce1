"""What one person saved with one press, by an id that everything written for it shares.

A request that changes something is one save. Outside of a request each change is one of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse

_current: ContextVar[UUID | None] = ContextVar("save", default=None)


def save_id() -> UUID:
    """The id of the save that is being written."""
    return _current.get() or uuid4()


def one_save(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: whatever a request writes is one save."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _current.set(uuid4())
        try:
            return get_response(request)
        finally:
            _current.reset(token)

    return middleware
