"""A page that is sent while a table is registered, and says how far it is, without a script.

Each step is a line of its own; the style sheet shows the last. All of it is one transaction, which
ends before the page says so: whoever closes the page before has registered nobody.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Final

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string

from clinic import wall

SHOWS_PROGRESS: Final = 50
"""People in a table from which on it is worth a bar."""
_STEPS: Final = 20
_HERE: Final = "<!-- steps -->"
_PAGE: Final = "patients/people/arriving/patient_import_running.html"
_STEP: Final = "patients/people/arriving/_step.html"
_END: Final = "patients/people/arriving/_registered.html"


def with_progress(
    request: HttpRequest, practice: int, steps: Generator[int, None, None], total: int
) -> StreamingHttpResponse:
    """The page in parts: its head, a line for each of some twenty steps, how it ended, its foot."""
    page = render_to_string(_PAGE, {"total": total}, request)
    head, _, foot = page.partition(_HERE)

    def parts() -> Iterator[str]:
        yield head
        every, count = max(1, total // _STEPS), 0
        with wall.within(practice), closing(steps):
            for count in steps:
                if count % every == 0:
                    yield _part(_STEP, count, total)
        yield _part(_END, count, total)
        yield foot

    # Neither packed nor gathered on the way: each part is shown as it comes.
    headers = {"Content-Encoding": "identity", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(parts(), headers=headers)


def _part(name: str, count: int, total: int) -> str:
    return render_to_string(name, {"count": count, "total": total})
