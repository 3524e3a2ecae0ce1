"""The chart of a case, drawn at most once for what it shows."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import zlib
from collections.abc import Callable, Sequence
from typing import Final

from django.conf import settings
from django.core.cache import cache

from patients.measures.charted import MeasureLine
from patients.models import Case
from programs.followup.progress import rows
from programs.followup.progress.drawing import LOOK, SIZES, draw
from programs.followup.progress.measured_drawing import MEASURED_LOOK, draw_measures
from programs.followup.progress.series import Chart, chart_of

KEEP_S: Final = 24 * 3600
"""How long a drawn chart is kept, in seconds."""


def chart_for(case: Case, today: dt.date) -> Chart:
    """The whole history of the case, up to a day of the practice."""
    return chart_of(rows.days_of(case, in_order=False), rows.course_of(case).marks, today)


def digest_of(chart: Chart, size: str) -> str:
    """Names what a chart shows: equal charts have equal names, in every process."""
    return hashlib.sha256(f"{LOOK} {size} {chart!r}".encode()).hexdigest()[:32]


def svg_of(chart: Chart, size: str) -> bytes:
    """The drawing, ``wide`` or ``narrow``; kept by its digest."""
    return _drawn(digest_of(chart, size), lambda: draw(chart, SIZES[size]))


def svg_of_measures(lines: Sequence[MeasureLine], size: str) -> bytes:
    """The same of what was measured; ``lines``: those with a course to draw."""
    shown = f"measures {MEASURED_LOOK} {size} {lines!r}"
    digest = hashlib.sha256(shown.encode()).hexdigest()[:32]
    return _drawn(digest, lambda: draw_measures(lines, SIZES[size]))


def _drawn(digest: str, drawing: Callable[[], bytes]) -> bytes:
    key = f"chart:{digest}"
    kept = cache.get(key)
    if kept is not None:
        return zlib.decompress(kept)
    # Where matplotlib writes the list of this machine's fonts: not every server has a home.
    os.environ.setdefault("MPLCONFIGDIR", str(settings.VAR_DIR / "matplotlib"))
    drawn = drawing()
    cache.set(key, zlib.compress(drawn), KEEP_S)
    return drawn
