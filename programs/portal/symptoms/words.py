"""What a patient reported, in the patient's words.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from patients.body import BODY_REGIONS
from patients.response.facts import Kind, Phase

KIND_WORDS: Final = MappingProxyType(
    {
        Kind.PAIN: "Pain or ache",
        Kind.TINGLING: "Tingling, pins and needles",
        Kind.NUMBNESS: "Numb, with less feeling",
        Kind.WEAKNESS: "Weak: my leg or foot gives way",
        Kind.HEAVINESS: "Heavy",
        Kind.STIFFNESS: "Stiff",
        Kind.BURNING: "Burning",
        Kind.SHARP_PINCH: "A sharp pinch",
        Kind.CLICKING: "Clicking",
    }
)
ARM_KIND_WORDS: Final = MappingProxyType(
    {**KIND_WORDS, Kind.WEAKNESS: "Weak: my arm or hand gives way"}
)
"""The same where neck and arms are asked about."""
SHORT_KINDS: Final = MappingProxyType(
    {
        **{kind: words.lower() for kind, words in KIND_WORDS.items()},
        Kind.TINGLING: "tingling",
        Kind.NUMBNESS: "numb",
        Kind.WEAKNESS: "weak",
    }
)
"""The same, short enough for a line with others."""
PHASE_WORDS: Final = MappingProxyType(
    {
        Phase.BEFORE: "Before the session",
        Phase.DURING: "During the session",
        Phase.AFTER: "After the session",
        Phase.SETTLED: "A few minutes later",
        Phase.NEXT_DAY: "The next day",
    }
)
PAIN_QUESTIONS: Final = MappingProxyType(
    {
        Phase.DURING: "How bad was the pain at the end of it?",
        Phase.NEXT_DAY: "How bad was the pain, overnight and in the morning?",
    }
)
WHERE_QUESTIONS: Final = MappingProxyType(
    {Phase.DURING: "Where was it then?", Phase.NEXT_DAY: "Where was it?"}
)
KIND_QUESTIONS: Final = MappingProxyType(
    {
        Phase.DURING: "What did it feel like then?",
        Phase.NEXT_DAY: "What did it feel like?",
    }
)


def pain_words(pain: int | None) -> str:
    """``4 out of 10``; empty where it was not said."""
    return "" if pain is None else f"{pain} out of 10"


def where_words(regions: Sequence[str] | None) -> str:
    """``left calf, left buttock``, the spine first; ``nowhere``; empty where it was not said."""
    if regions is None:
        return ""
    names = [_lowered(region.label) for code, region in BODY_REGIONS.items() if code in regions]
    return ", ".join(names) or "nowhere"


def kind_words(kinds: Sequence[str] | None) -> str:
    """``tingling, burning``; ``none of the feelings asked about``; empty where it was not said."""
    if kinds is None:
        return ""
    return ", ".join(SHORT_KINDS[k] for k in Kind if k in kinds) or "none of those in the list"


def said_words(pain: int | None, regions: Sequence[str] | None, kinds: Sequence[str] | None) -> str:
    """All of it in one line: ``Pain 4 out of 10; left calf; tingling``."""
    parts = [
        f"pain {pain_words(pain)}" if pain is not None else "",
        where_words(regions),
        kind_words(kinds) if kinds else "",
    ]
    line = "; ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]
