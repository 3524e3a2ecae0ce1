"""Where to go in an emergency, called as people call it in a practice's country. Pure.

The rules come without a country and say *an emergency room*; whoever shows their words to somebody
knows the practice, and so the number that is called there.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

EMERGENCY_PLACES: Final = MappingProxyType({"999": "A&E", "911": "an emergency room"})
"""What people call the place, by the number of the country."""
SAID_BY_RULES: Final = EMERGENCY_PLACES["911"]


def place(number: str) -> str:
    """Where to go in an emergency, as people call it who call this number."""
    return EMERGENCY_PLACES.get(number, "the emergency department")


def placed(text: str, number: str) -> str:
    """The words of a rule with the place called as people call it who call this number."""
    return text.replace(SAID_BY_RULES, place(number))
