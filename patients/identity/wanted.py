"""What somebody typed to find a patient: words of a name, a date of birth, a phone number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from patients.identity import births, names, phones
from patients.identity.births import BirthSpan

_MOST_PARTS = 8
_FIGURES = re.compile(r"(?<!\w)[+(]{0,2}\d(?:[\d\s()./+-]*\d)?(?!\w)")


@dataclass(frozen=True, slots=True)
class WantedPart:
    """One thing that was typed, with all it may mean: each part has to be found, in any meaning."""

    word: str = ""
    births: tuple[BirthSpan, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def is_name(self) -> bool:
        """Whether it can only be a part of a name."""
        return not self.births and not self.numbers


@dataclass(frozen=True, slots=True)
class PatientWanted:
    """All of it. ``is_blank``: nothing was typed that can be seen."""

    parts: tuple[WantedPart, ...]
    is_blank: bool

    @property
    def words(self) -> str:
        """The words of the name, folded."""
        return " ".join(part.word for part in self.parts if part.is_name)

    @property
    def readings(self) -> list[BirthSpan]:
        """Dates that one part may mean where it may mean more than one, likeliest first."""
        several = [part.births for part in self.parts if len({b.rank for b in part.births}) > 1]
        return sorted((span for spans in several for span in spans), key=lambda span: span.rank)


def read_wanted(text: str, *, region: str, month_first: bool) -> PatientWanted:
    """Take apart what was typed. ``region``: whose phone numbers need no prefix."""
    plain = "".join(map(_seen, unicodedata.normalize("NFKC", text)))
    parts: list[WantedPart] = []

    def dated(found: re.Match[str]) -> str:
        spans = births.in_words(found)
        if not spans:
            return found[0]
        parts.append(WantedPart(births=spans))
        return " "

    def figured(found: re.Match[str]) -> str:
        part = _figures(found[0], region, month_first)
        if part is None:
            return found[0]
        parts.append(part)
        return " "

    rest = _FIGURES.sub(figured, births.IN_WORDS.sub(dated, plain))
    parts += [WantedPart(word=word) for word in names.fold(rest).split()]
    return PatientWanted(tuple(parts[:_MOST_PARTS]), is_blank=not plain.strip())


def _figures(text: str, region: str, month_first: bool) -> WantedPart | None:
    """A date, a number or both; ``None`` for figures that are neither."""
    spans = births.in_figures(text, month_first=month_first)
    digits = sum(char.isdigit() for char in text)
    numbers = phones.readings(text, region) if digits >= phones.ENDING_DIGITS else ()
    if not spans and not numbers:
        return None
    return WantedPart(word=text if text.isalnum() else "", births=spans, numbers=numbers)


def _seen(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Pd" or char == "−":
        return "-"
    if kind == "Nd":
        return str(unicodedata.digit(char))
    if char.isspace():
        return " "
    return "" if kind in {"Cf", "Cc", "Cs"} else char
