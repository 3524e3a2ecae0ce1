"""Rows that came as JSON inside one answer of the database, so that one statement asks for all."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any


def rows_in(found: Any) -> list[Any]:
    """What ``json_agg`` gave; it gives nothing where there are no rows."""
    rows = json.loads(found) if isinstance(found, str) else found
    return rows or []


def moment_in(text: str) -> dt.datetime:
    """A moment as JSON writes it, with its offset."""
    return dt.datetime.fromisoformat(text)
