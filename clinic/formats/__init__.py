"""Dates in words, as every page and paper shows them, whatever the language of the machine.

Pure. ``en/formats.py`` says the same to Django's templates.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def short_words(day: dt.date) -> str:
    """``4 Dec``."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def day_words(day: dt.date) -> str:
    """``4 Dec 2026``."""
    return f"{short_words(day)} {day.year}"
