"""Whether this server lives, can work, and does what is due: for whoever balances or watches.

``/healthz/`` says that the process answers. ``/readyz/`` says that its database does too, and takes
what is written; it adds when reminders and alert e-mails last ran. ``/duez/`` is about those alone.
None looks at the host name, redirects to HTTPS or starts a session.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from clinic.models import PostedLetter
from clinic.pulse import DUE, WRITES, beat, last_beat, stands_still
from clinic.server import away

PLAIN = "text/plain"
OK = "ok\n"
PROBE_BYTES = 512 * 1024
_Response = Callable[[HttpRequest], HttpResponseBase]


def wellness(get_response: _Response) -> _Response:
    """Answer for the three addresses; everything else goes on."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answers = _ANSWERS.get(request.path_info.removesuffix("/"))
        if answers is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        words, status = answers()
        return HttpResponse(
            words, status=status, content_type=PLAIN, headers={"Cache-Control": "no-store"}
        )

    return middleware


def _live() -> tuple[str, int]:
    return OK, 200


def _ready() -> tuple[str, int]:
    """It writes, to know that writing works; where the disk was full, so much that needs room."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        beat(WRITES, timezone.now())
        full = away.failed_lately()
        if full and not _has_room():
            return f"nothing can be saved: {full}\n", 503
        return f"{OK}{_due_words()[0]}", 200
    except DatabaseError as error:
        if away.takes_no_writes(error):
            return "nothing can be saved: the database takes no writes\n", 503
        return "the database does not answer\n", 503


def _has_room() -> bool:
    """Whether there is room for some new pages; what is written is taken back."""
    try:
        with transaction.atomic():
            PostedLetter.objects.create(sealed=secrets.token_bytes(PROBE_BYTES))
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    away.works_again()
    return True


def _due() -> tuple[str, int]:
    try:
        return _due_words()
    except DatabaseError:
        return "the database does not answer\n", 503


def _due_words() -> tuple[str, int]:
    last = last_beat(DUE)
    when = "never" if last is None else f"{last:%Y-%m-%d %H:%M:%S} UTC"
    if stands_still(last, timezone.now()):
        return f"reminders and alert e-mails stand still, last: {when}\n", 503
    return f"reminders and alert e-mails run, last: {when}\n", 200


_ANSWERS = {"/healthz": _live, "/readyz": _ready, "/duez": _due}
