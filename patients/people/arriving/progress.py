"""A page that is sent while a table is registered, and says how far it is, without a script.

Each step is a line of its own; the style sheet shows the last. All of it is one transaction, which
ends before the page says so: whoever closes the page before has registered nobody. A fault on the
way undoes it, and the page, half of which is with the reader by then, ends with words about it.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Final

from django.http import HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string

from clinic import wall

logger = logging.getLogger(__name__)
SHOWS_PROGRESS: Final = 50
"""People in a table from which on it is worth a bar."""
_STEPS: Final = 20
_HERE: Final = "<!-- steps -->"
_PAGE: Final = "patients/people/arriving/patient_import_running.html"
_STEP: Final = "patients/people/arriving/_step.html"
_END: Final = "patients/people/arriving/_registered.html"
_BROKEN: Final = "patients/people/arriving/_broken_off.html"


def with_progress(
    request: HttpRequest, practice: int, steps: Generator[int, None, None], total: int
) -> StreamingHttpResponse:
    """The page in parts: its head, a line for each of some twenty steps, how it ended, its foot."""
    page = render_to_string(_PAGE, {"total": total}, request)
    head, _, foot = page.partition(_HERE)

    def parts() -> Iterator[str]:
        yield head
        every, count = max(1, total // _STEPS), 0
        try:
            with wall.within(practice), closing(steps):
                for count in steps:
                    if count % every == 0:
                        yield _part(_STEP, count, total)
        except Exception:
            # The page has begun with a 200: nothing after us can say any more what happened.
            logger.exception("Patients of a table could not be registered")
            yield _part(_BROKEN, count, total)
        else:
            yield _part(_END, count, total)
        yield foot

    # Neither packed nor gathered on the way: each part is shown as it comes.
    headers = {"Content-Encoding": "identity", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(parts(), headers=headers)


def _part(name: str, count: int, total: int) -> str:
    return render_to_string(name, {"count": count, "total": total})
