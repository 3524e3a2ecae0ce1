"""Sessions, on a database that only reads for a while: what can be read stays readable."""

from __future__ import annotations

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase

from clinic.server.away import is_away


class CalmSessionMiddleware(SessionMiddleware):
    """Django's, which takes a session that cannot be written for one that somebody deleted."""

    def process_response(  # type: ignore[override]
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The page without what was to be noted in the session, such as when it was last used."""
        try:
            return super().process_response(request, response)  # type: ignore[arg-type]
        except SessionInterrupted as error:
            if is_away(error) and request.method in {"GET", "HEAD"}:
                return response
            raise
