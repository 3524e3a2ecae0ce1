"""Middleware that judges what a clinician's request has just changed, so that no page has to.

The database has noted it in the transaction of the change (``programs.verdicts.checks``). What a
request changes in very many programs, such as the limits of a practice, is left to ``run_due``.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError
from django.db.models import F
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponseBase

from clinic.models import Practice
from programs.verdicts.checks import judge_each
from programs.verdicts.models import ProgramCheck

logger = logging.getLogger(__name__)
JUDGED_AT_ONCE: Final = 5
"""Programs that are judged while somebody waits for what they sent."""
FRESH: Final = dt.timedelta(minutes=1)
"""What waits for longer has been tried, or is left to ``run_due``."""


def kept(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Judge after each post of a member of a practice; what they sent is stored by then."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        practice: Practice | None = getattr(request, "practice", None)
        if request.method == "POST" and practice is not None and response.status_code < 400:
            try:
                keep_up(practice)
            except DatabaseError as error:
                # The change is stored and noted: whatever went wrong here, run_due judges it.
                logger.error("Checks are left to run_due (%s)", type(error).__name__)
        return response

    return middleware


def keep_up(practice: Practice) -> None:
    """Judge what was changed last, by the database's clock: programs, and what settings concern.

    One query if nothing was.
    """
    rows, since = ProgramCheck.objects.filter(practice=practice), Now() - FRESH
    changed = rows.filter(stale=True, stale_at__gte=since).order_by("-stale_at")
    by_others = rows.filter(
        running=True,
        practice__settings_at__gte=since,
        settings_at__lt=F("practice__settings_at"),
    ).order_by()
    parts = (rows.values_list("pk", flat=True)[:JUDGED_AT_ONCE] for rows in (changed, by_others))
    first, second = parts
    if keys := list(first.union(second)[:JUDGED_AT_ONCE]):
        judge_each(practice, keys)
