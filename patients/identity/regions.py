"""The country that a time zone belongs to, and what is written otherwise there."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

_MONTH_FIRST: Final = frozenset(["AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "UM", "US", "VI"])
"""Countries whose short date begins with the month. Source: Unicode CLDR, dateFormats, short."""


def region_of(time_zone: str) -> str:
    """The two letters of the country, as ``GB``; empty for a zone of no country."""
    return _regions().get(time_zone, "")


def month_first(region: str) -> bool:
    """Whether 02/03/1948 is the third of February there."""
    return region in _MONTH_FIRST


@cache
def _regions() -> dict[str, str]:
    """Zone → country, from the list that comes with the time zones."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {zone: country for country, _place, zone, *_ in rows}
