"""Weeks of a template in phases. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any


def spans_of(template: Mapping[str, Any]) -> list[tuple[int, int]]:
    """First and last week of each phase of a stored template; empty where it has none."""
    if not template.get("weeks"):
        return []
    out: list[tuple[int, int]] = []
    for weeks in (template["weeks"], *(phase["weeks"] for phase in template.get("phase", ()))):
        first = out[-1][1] + 1 if out else 1
        out.append((first, first + weeks - 1))
    return out


def ends_on(begun: dt.date, span: tuple[int, int]) -> dt.date:
    """The day after the last of these weeks, where they began on ``begun``."""
    first, last = span
    return begun + dt.timedelta(weeks=last - first + 1)


def weeks_in_words(first: int, last: int) -> str:
    """``week 3``, ``weeks 1 and 2``, ``weeks 1 to 4``."""
    if first == last:
        return f"week {first}"
    return f"weeks {first} {'and' if last == first + 1 else 'to'} {last}"
