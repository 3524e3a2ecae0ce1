"""What is counted at the patient's door, and under which key. How: ``clinic.guesses``."""

from __future__ import annotations

import datetime as dt

from clinic.guesses.counting import Budget, guess_key, network
from clinic.guesses.limits import (
    CODES_FROM_EVERYWHERE,
    CODES_FROM_ONE_PLACE,
    YEARS_AT_A_LINK,
    YEARS_FROM_ONE_PLACE,
)
from programs.access.models import LINK_DAYS, PatientAccess


def year_key(access: PatientAccess) -> str:
    """The key under which wrong years at this link are counted.

    A new link, or a corrected year of birth, starts a new count by itself.
    """
    return guess_key("link", f"{access.pk}:{access.case.patient.date_of_birth.year}")


def address_key(kind: str, address: str) -> str:
    """The key of a network address; an IPv6 household counts as one."""
    return guess_key(kind, network(address))


def years_at(access: PatientAccess) -> Budget:
    """Wrong years at this link, for as long as it may last."""
    return Budget(year_key(access), YEARS_AT_A_LINK, kept=dt.timedelta(days=2 * LINK_DAYS))


def years_from(address: str) -> Budget:
    """Wrong years from one place, at any link."""
    return Budget(address_key("address", address), YEARS_FROM_ONE_PLACE)


def codes_from(address: str) -> tuple[Budget, Budget]:
    """Codes that nobody has: from one place, and over the whole server."""
    return (
        Budget(address_key("code", address), CODES_FROM_ONE_PLACE),
        Budget(guess_key("codes", "everywhere"), CODES_FROM_EVERYWHERE),
    )
