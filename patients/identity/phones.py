"""Phone numbers as they are compared: digits with the country's own, however they are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import phonenumbers
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

ENDING_DIGITS = 6
"""So many last digits name a number; fewer are shared by too many."""


def numbers(text: str, region: str) -> tuple[str, ...]:
    """Each number in what somebody wrote, as +44 20 7946 0018 is ``442079460018``.

    ``region``: the country that numbers without a prefix belong to; where it is not known, and for
    what is no number there, the digits without a leading zero.
    """
    plain = _visible(text)
    found = []
    for match in PhoneNumberMatcher(plain, region or None, leniency=Leniency.POSSIBLE):
        e164 = phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
        found.append(e164.removeprefix("+"))
    return tuple(dict.fromkeys(found or _bare(plain)))


def readings(text: str, region: str) -> tuple[str, ...]:
    """The numbers that a search for ``text`` may mean, which may be the end of one only."""
    plain = _visible(text)
    digits = _digits(plain)
    # As an ending, a zero in front counts.
    ending = [digits] if len(digits) >= ENDING_DIGITS else []
    return tuple(dict.fromkeys([*numbers(text, region), *_bare(plain), *ending]))


def same_number(one: str, other: str) -> bool:
    """Whether two numbers are one, where either may lack what stands before."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= ENDING_DIGITS and longer.endswith(shorter)


def share(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether two people's numbers have one in common."""
    others = list(theirs)
    return any(same_number(one, other) for one in mine for other in others)


def _visible(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if unicodedata.category(char) not in {"Cf", "Cc", "Cs"})


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(char)) for char in text if char.isdigit())


def _bare(text: str) -> list[str]:
    bare = _digits(text).lstrip("0")
    return [bare] if len(bare) >= ENDING_DIGITS else []
