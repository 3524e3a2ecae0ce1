"""The number of a request: everything that is written for it, and each line of the log, shares it.

So what one person saved with one press is found together, and what somebody looked at is found in
the server's log. Outside of a request each change is one of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponseBase

_HEADER = "X-Request-ID"
_current: ContextVar[UUID | None] = ContextVar("request", default=None)


def request_id() -> UUID | None:
    """The number of the request that is being answered; None outside of one."""
    return _current.get()


def save_id() -> UUID:
    """The id of the save that is being written."""
    return _current.get() or uuid4()


def numbered(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: each request has a number, which a member of a practice is told in the answer.

    What a patient's page or a stranger gets stays the same from one time to the next.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        number = uuid4()
        # For what Django logs about a request when all middleware is behind it.
        request.request_id = number  # type: ignore[attr-defined]
        request.META["REQUEST_ID"] = str(number)
        token = _current.set(number)
        try:
            response = get_response(request)
            if getattr(request, "membership", None) is not None:
                response.headers[_HEADER] = str(number)
            return response
        finally:
            _current.reset(token)

    return middleware
