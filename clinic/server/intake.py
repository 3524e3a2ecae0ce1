"""What is let in at all: requests of a reasonable size, in the one charset that pages are in."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

#: A photograph straight from a phone still gets a kind word about its size from its own form.
MAX_REQUEST_BYTES = 26 * 1024 * 1024


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


def _is_utf8(request: HttpRequest) -> bool:
    return str((request.content_params or {}).get("charset", "utf-8")).lower() == "utf-8"


def _announced(request: HttpRequest) -> int:
    """How long the body says it is, in bytes; more than that is never read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise BadRequest("The length of a request is a number.") from error
