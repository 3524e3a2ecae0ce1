"""What is made ready before it is asked for, so that no request pays for it.

Templates are read before workers are forked, once for all of them. What asks the database, or keeps
threads, each worker does in its first idle moment.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.utils.module_loading import import_string

from clinic.collector import keep_for_good

log = logging.getLogger(__name__)
DELAY_SECONDS = 1.0
"""Whoever waited for the server gets the first page; then this begins."""


def read_templates() -> None:
    """Read and keep the template of every page, as Django does when one is first shown."""
    folders: Any = settings.TEMPLATES[0]["DIRS"]
    for folder in folders:
        for path in Path(folder).rglob("*.html"):
            get_template(path.relative_to(folder).as_posix())


def warm_soon() -> threading.Timer:
    """Begin beside the requests, in a thread that holds up nobody's end."""
    timer = threading.Timer(DELAY_SECONDS, _make_ready)
    timer.daemon = True
    timer.name = "warming"
    timer.start()
    return timer


def _make_ready() -> None:
    try:
        warm_up()
    finally:
        keep_for_good()


def warm_up() -> None:
    """Call what ``WARM_UP`` names; what fails is on record, and the first request pays for it."""
    try:
        for name in settings.WARM_UP:
            try:
                import_string(name)()
            except Exception:
                log.exception("A worker could not be warmed up: %s", name)
    finally:
        connections.close_all()
