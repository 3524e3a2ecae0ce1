"""Whether this server lives, and whether it can work: for load balancers, by any name.

``/healthz/`` says that the process answers; ``/readyz/`` that its database does too. Neither looks
at the host name, redirects to HTTPS or starts a session.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

LIVE, READY = "/healthz", "/readyz"
PLAIN = "text/plain"
_Response = Callable[[HttpRequest], HttpResponseBase]


def wellness(get_response: _Response) -> _Response:
    """Answer for the two addresses; everything else goes on."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        path = request.path_info.removesuffix("/")
        if path not in (LIVE, READY):
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        answer = _ready() if path == READY else HttpResponse("ok\n", content_type=PLAIN)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return middleware


def _ready() -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type=PLAIN, status=503)
    return HttpResponse("ok\n", content_type=PLAIN)
