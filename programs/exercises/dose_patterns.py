"""The parts that a dose line is made of, as patterns in the order in which they are tried. Pure."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

SAYS_DAILY: Final = "every_day"
SAYS_OTHER_DAYS: Final = "every_other_day"
COLOURS: Final = (
    "yellow|red|green|blue|black|silver|gold|grey|gray|tan|orange|white|purple|pink|peach|plum"
)
NUMBER_WORDS: Final = MappingProxyType(
    {
        "once": "1 times",
        "twice": "2 times",
        "thrice": "3 times",
        "one": "1",
        "two": "2",
        "three": "3",
        "four": "4",
        "five": "5",
        "six": "6",
        "seven": "7",
        "eight": "8",
        "nine": "9",
        "ten": "10",
    }
)
SEPARATOR: Final = re.compile(r"(?:[\s,;.+&]|and\b|then\b)*")

_X = r"\s*(?:x|×|\*)\s*"
_PER = r"\s*(?:/|a\b|per\b|each\b|every\b)\s*"
_DAY = r"(?:day|d)s?"
_WEEK = r"(?:week|wk|w)s?"
_ALONE = r"(?!\s*(?:/|a\b|per\b))"
_REPS = r"(?:repetitions?|reps?|times?)"


def _n(name: str) -> str:
    """A whole number, or two of them."""
    to = rf"(?:\s*(?:-|–|—|to\b)\s*(?P<{name}_to>\d{{1,4}}))?"
    return rf"(?P<{name}>\d{{1,4}}){to}(?!\d)"


def _time(name: str, *, bare: bool = False) -> str:
    """The same with seconds or minutes behind it; ``bare``: seconds may be left out."""
    unit = rf"\s*(?P<{name}_unit>seconds?|secs?|s|minutes?|mins?|m)\b"
    return _n(name) + (f"(?:{unit})?" if bare else unit)


TWO_WAYS: Final = re.compile(
    r"(?P<first>\d{1,4})(?:(?:x|×|\*)|\s+(?:x|×|\*)\s*)(?P<second>\d{1,4})"
    rf"\s*(?:/|a\b|per\b)\s*(?P<per>{_DAY}|{_WEEK})\b"
)
"""``3x10/day``: ten times three, or three times ten a day?"""

PATTERNS: Final = tuple(
    re.compile(f"(?:{text})(?![a-z0-9])")
    for text in (
        # How often, and for how long
        _n("times_per_day") + r"\s*(?:x|×|times?)?" + _PER + _DAY,
        _n("times_per_day") + r"\s*(?:x|×|times?)\s*daily",
        _n("days_per_week") + r"\s*(?:x|×|times?|days?)?" + _PER + _WEEK,
        rf"(?P<{SAYS_OTHER_DAYS}>(?:every|each)\s*(?:other|second|2nd|2)\s*days?"
        r"|alternate\s*days?|eod)",
        rf"(?P<{SAYS_DAILY}>(?:every|each)\s*day|7\s*days)",
        r"(?P<daily>daily)",
        r"(?:for\s*|over\s*|x\s*)?" + _n("weeks") + rf"(?:\s*(?:{_WEEK})|/52)",
        # Holds and rests say so
        r"hold(?:s|ing)?(?:\s*(?:for|each))?:?\s*" + _time("hold_s", bare=True) + r"(?:\s*each)?",
        r"x?\s*" + _time("hold_s") + r"\s*holds?",
        r"rest(?:s|ing)?(?:\s*for)?:?\s*"
        + _time("rest_s", bare=True)
        + r"(?:\s*between(?:\s*sets)?)?",
        _time("rest_s") + r"\s*rest(?:\s*between(?:\s*sets)?)?",
        r"(?:at\s*)?(?:effort|rpe)(?:\s*of)?:?\s*" + _n("effort") + r"(?:\s*(?:/|out\s*of)\s*10)?",
        # How much
        _n("count")
        + rf"(?:\s*(?P<sets_word>sets?)(?:\s*of\s*|{_X})|{_X})"
        + _time("work")
        + r"(?:\s*(?P<held>holds?))?",
        _time("work") + _X + _n("count") + r"(?:\s*(?P<sets_word>sets?))?",
        _n("sets")
        + rf"\s*(?:sets?(?:\s*of\s*|{_X})|{_X})"
        + _n("reps")
        + rf"(?:\s*{_REPS})?"
        + _ALONE,
        _n("reps") + rf"(?:\s*{_REPS})?{_X}" + _n("sets") + r"\s*sets?",
        _n("sets") + r"\s*sets?",
        _n("reps") + rf"\s*(?:x|×|{_REPS})",
        r"(?:x|×)\s*" + _n("reps") + rf"(?:\s*{_REPS})?",
        _time("duration_s"),
        # Where, against what, how near to the end
        r"(?P<per_side>(?:on\s*|for\s*)?(?:each|both|per|every|/)\s*(?:side|leg|arm|foot|hand)s?)",
        r"(?P<per_position>(?:at\s*|in\s*|on\s*)?(?:each|per|every)"
        r"\s*(?:place|position|level|spot))",
        rf"(?:with\s*)?(?:an?\s*)?(?:(?P<colour>{COLOURS})\s*)?(?P<band>band)",
        r"(?:with\s*)?(?P<weight>(?P<mass>\d{1,3}(?:[.,]\d{1,2})?)\s*(?P<mass_unit>kg|lbs?))",
        r"(?:with\s*)?(?:an?\s*)?(?P<weight>weight)",
        r"(?P<spare>leave\s*2|2\s*in\s*reserve|stop\s*2\s*before\s*(?:you\s*must|failure))",
        _n("reps"),
    )
)
