"""The suite's time in a service worker, whose clock the browser's driver cannot turn.

The worker stamps what it sends, and closes after thirty days what the server opened. So the server
under test puts a shifted clock before the worker's own text. The shift stays the same as long as
a test uses the worker: another text would be another worker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import time_machine
from django.http import HttpRequest, HttpResponse

_SHIFTED = """(() => {{
    const Real = Date;
    self.Date = class extends Real {{
        constructor(...parts) {{ parts.length ? super(...parts) : super(Real.now() + {ms}); }}
        static now() {{ return Real.now() + {ms}; }}
    }};
}})();
"""
_before: list[str] = []


def shift_to(moment: dt.datetime | None) -> None:
    """Let workers believe that it is this moment, or what their machine says."""
    _before.clear()
    if moment is not None:
        machine = time_machine.escape_hatch.time.time()
        _before.append(_SHIFTED.format(ms=round(1000 * (moment.timestamp() - machine))))


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the shifted clock before the text of a worker."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if _before and match is not None and match.view_name == "portal_worker":
            response.content = "".join(_before).encode() + response.content
        return response

    return answer
