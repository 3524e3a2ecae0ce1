"""What a worker does in its first idle moment, so that no request pays for it."""

from __future__ import annotations

import logging
import threading

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)
DELAY_SECONDS = 1.0
"""Whoever waited for the server gets the first page; then this begins."""


def warm_soon() -> threading.Timer:
    """Begin beside the requests, in a thread that holds up nobody's end."""
    timer = threading.Timer(DELAY_SECONDS, warm_up)
    timer.daemon = True
    timer.name = "warming"
    timer.start()
    return timer


def warm_up() -> None:
    """Call what ``WARM_UP`` names; what fails is on record, and the first request pays for it."""
    try:
        for name in settings.WARM_UP:
            import_string(name)()
    except Exception:
        log.exception("A worker could not be warmed up.")
    finally:
        connections.close_all()
