"""What is let in at all: requests of a reasonable size, in the one charset that pages are in."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.http import parse_header_parameters

_Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

OTHER_CHARSET: Final = "text/plain; charset=other"
"""What a body is said to be whose charset is none of ours, or none at all."""

#: A photograph straight from a phone still gets a kind word about its size from its own form.
MAX_REQUEST_BYTES = 26 * 1024 * 1024


def in_utf8(application: _Application) -> _Application:
    """The application, told of another charset only that it is another.

    Django reads the address of a request in the charset that its body names, before any middleware
    could refuse it: a charset that is no charset would end in an error without a page.
    """
    return lambda environ, start_response: application(said_in_utf8(environ), start_response)


def said_in_utf8(environ: dict[str, Any]) -> dict[str, Any]:
    """What a WSGI server says of a request, with no charset in it that cannot be read."""
    if _names_utf8(environ.get("CONTENT_TYPE", "")):
        return environ
    return {**environ, "CONTENT_TYPE": OTHER_CHARSET}


def intake(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuse what no page of this site sends, before anything of it is read.

    Uploads would otherwise fill the disk, whoever sent them. A charset other than UTF-8 can hold
    halves of characters, which no database takes.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not _is_utf8(request):
            raise BadRequest("Requests are read as UTF-8.")
        if _announced(request) > MAX_REQUEST_BYTES:
            return render(request, "413.html", status=413)
        return get_response(request)

    return middleware


def _names_utf8(content_type: str) -> bool:
    try:
        _, parameters = parse_header_parameters(content_type)
    except (LookupError, ValueError):
        return False
    return parameters.get("charset", "utf-8").lower() == "utf-8"


def _is_utf8(request: HttpRequest) -> bool:
    return str((request.content_params or {}).get("charset", "utf-8")).lower() == "utf-8"


def _announced(request: HttpRequest) -> int:
    """How long the body says it is, in bytes; more than that is never read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise BadRequest("The length of a request is a number.") from error
