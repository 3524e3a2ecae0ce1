"""Dates in templates in the forms that nearly every page shows, without reading a format each time.

A page of a clinician shows sixty dates, and Django takes apart what a format says for each of them.
Anything else goes Django's own way; a test holds both equal.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import template
from django.template import defaultfilters

from clinic.formats import day_words

register = template.Library()
_DAYS: Final = (None, "DATE_FORMAT", "j M Y")
_MOMENTS: Final = ("DATETIME_FORMAT", "j M Y, H:i")


@register.filter("date", expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    """``20 Nov 2026``, ``20 Nov 2026, 09:30``, or whatever Django's filter gives."""
    if isinstance(value, dt.date) and form in _DAYS:
        return day_words(value)
    if isinstance(value, dt.datetime) and form in _MOMENTS:
        return f"{day_words(value)}, {value:%H:%M}"
    return str(defaultfilters.date(value, form))
