"""What the catalogue is searched for: words, filters and how far down the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from programs.exercises.definition import Definition
from programs.exercises.search import LONGEST_QUERY
from programs.rules.traits import KINDS, POSITIONS, PURPOSES, REGIONS

PAGE_SIZE: Final = 12
MOST_PAGES: Final = 50

FILTERS: Final[tuple[tuple[str, str, Mapping[str, str]], ...]] = (
    ("purpose", "Purpose", PURPOSES),
    ("region", "Body region", REGIONS),
    ("position", "Position", POSITIONS),
    ("kind", "Kind", KINDS),
)
"""Name, label and choices of each filter."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One search. ``at_hand``: only what the patient can do with what is at home."""

    query: str = ""
    purpose: str = ""
    region: str = ""
    position: str = ""
    kind: str = ""
    at_hand: bool = False
    page: int = 1

    @classmethod
    def of(cls, data: QueryDict) -> Wanted:
        """Read an address; what is not known is left out rather than refused."""
        known = {
            name: data.get(name, "") if data.get(name, "") in choices else ""
            for name, _, choices in FILTERS
        }
        page = data.get("page", "")
        number = int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 1
        return cls(
            query=data.get("q", "").replace("\x00", "")[:LONGEST_QUERY].strip(),
            at_hand=data.get("at_hand") == "1",
            page=max(1, min(number, MOST_PAGES)),
            **known,
        )

    @property
    def narrowing(self) -> int:
        """How many filters are on, the words not counted."""
        return sum(map(bool, (self.purpose, self.region, self.position, self.kind, self.at_hand)))

    def fits(self, definition: Definition) -> bool:
        """Whether an entry passes the filters, what is at home not counted."""
        traits = definition.traits
        return (
            (not self.purpose or traits.phase == self.purpose)
            and (not self.region or self.region in definition.said_regions)
            and (not self.position or traits.position == self.position)
            and (not self.kind or traits.kind == self.kind)
        )

    @property
    def back(self) -> str:
        """The search as the end of an address, to come back to."""
        pairs = {
            "q": self.query,
            "purpose": self.purpose,
            "region": self.region,
            "position": self.position,
            "kind": self.kind,
            "at_hand": "1" if self.at_hand else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        return urlencode({name: value for name, value in pairs.items() if value})

    def after(self) -> str:
        """The end of the address of the next page."""
        pairs = QueryDict(self.back, mutable=True)
        pairs["page"] = str(self.page + 1)
        return pairs.urlencode()

    @property
    def regions(self) -> list[tuple[str, str]]:
        """Code and label of every body part, to look there instead."""
        return list(REGIONS.items())

    def filters(self) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
        """Name, label, chosen value and choices of each filter, for a template."""
        return [
            (name, label, getattr(self, name), list(choices.items()))
            for name, label, choices in FILTERS
        ]
