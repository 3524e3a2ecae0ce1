"""What a practice chooses from: its paper, the number for an ambulance, its time zone."""

import zoneinfo
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models


class PaperSize(models.TextChoices):
    """The paper that handouts are laid out for."""

    A4 = "A4", "A4 (210 × 297 mm)"
    LETTER = "Letter", "Letter (8.5 × 11 in)"


class EmergencyNumber(models.TextChoices):
    """The number that patients are told to call for an ambulance."""

    EUROPE = "112", "112 (European Union and many others)"
    UK = "999", "999 (United Kingdom, Ireland)"
    NORTH_AMERICA = "911", "911 (United States, Canada)"
    AUSTRALIA = "000", "000 (Australia)"


@cache
def known_time_zones() -> frozenset[str]:
    """The zones that this machine knows; it looks through hundreds of files for them, once."""
    return frozenset(zoneinfo.available_timezones())


def validate_time_zone(value: str) -> None:
    """Accept only a zone that this machine knows."""
    if value not in known_time_zones():
        raise ValidationError("Choose a time zone from the list.")
