"""When the database or the bucket is away, or all is busy: a calm page, and when to try again.

Django calls ``server_error`` for every error that nothing else has answered, wherever in the chain
of middleware it was raised. The pages need no row and no session.
"""

from __future__ import annotations

import sys
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

from clinic.storehouse.place import StoreAwayError
from clinic.turns import BusyError

RETRY_SECONDS: Final = 5
_FULL: Final = {"53100", "58030", "53200"}
"""No room on the disk, a disk that fails, no memory: PostgreSQL's own numbers."""
_READ_ONLY: Final = "25006"
_IDLE: Final = "25P03"
_WORDS: Final = "the database is full"
_REMEMBERED_SECONDS: Final = 600
_KEY: Final = "failed-write"


def is_away(error: BaseException | None) -> bool:
    """Whether the database and not the program is at fault, and trying again may help."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    return _state(error) in {_READ_ONLY, _IDLE, *_FULL}


def takes_no_writes(error: BaseException | None) -> bool:
    """Whether it can be read, and nothing can be saved."""
    return _state(error) in {_READ_ONLY, *_FULL}


def failed_lately() -> str:
    """Why writing failed in this process a while ago; empty where it did not, or works again."""
    return str(cache.get(_KEY, ""))


def works_again() -> None:
    """Somebody has tried, and there is room."""
    cache.delete(_KEY)


@requires_csrf_token
def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """503 with a time to try again where the database is at fault, else the page for our faults.

    What was sent may have been saved where the line broke at the very end, so that no page claims
    it was not.
    """
    error = sys.exc_info()[1]
    if not is_away(error) and not isinstance(error, (BusyError, StoreAwayError)):
        return defaults.server_error(request)
    if _state(error) in _FULL:
        cache.set(_KEY, _WORDS, _REMEMBERED_SECONDS)
    prefix, patients_page = settings.PATIENTS_AWAY
    template = patients_page if request.path.startswith(prefix) else "503.html"
    context = {
        "is_busy": isinstance(error, BusyError),
        "without_files": isinstance(error, StoreAwayError),
        "can_read": takes_no_writes(error),
        "was_sent": request.method not in {"GET", "HEAD"},
        "again": request.get_full_path() if request.method in {"GET", "HEAD"} else "",
    }
    return HttpResponse(
        loader.get_template(template).render(context),
        status=503,
        headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"},
    )


def _state(error: BaseException | None) -> str:
    """PostgreSQL's number for an error, from what led to it."""
    while error is not None:
        state = getattr(error, "sqlstate", None)
        if state:
            return str(state)
        error = error.__cause__ or error.__context__
    return ""
