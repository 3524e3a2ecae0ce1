"""What can be measured, how it is asked, and how much change means something.

Pure. Each figure names where it is from; where none is known, the words say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure. ``asked``: the label of its field. ``up``: whether more is better.

    ``matters``: the least change that means something, None where nobody knows; ``means``: what a
    change of that size is.
    """

    code: str
    label: str
    asked: str
    how: str
    one: str
    many: str
    highest: int
    unit: str
    up: bool
    matters: int | None
    means: str
    source: str

    def said(self, value: int) -> str:
        """``4 of 10``, ``11 stands``, ``1 minute``."""
        return f"{value} {self.one if value == 1 else self.many}"

    def change(self, values: Sequence[int]) -> str:
        """From the first to the latest in words; the values are in order of time."""
        if not values:
            return "Not measured yet"
        if len(values) == 1:
            return f"{self.said(values[0])}, measured once"
        start = f"{values[0]} → {self.said(values[-1])}"
        if values[0] == values[-1]:
            return f"{start}, no change"
        size = abs(values[-1] - values[0])
        way = "better" if (values[-1] > values[0]) == self.up else "worse"
        if self.matters is None:
            return f"{start}, {way} by {size}: no figure known for how much matters"
        return (
            f"{start}, {way} by {size}: {'' if size >= self.matters else 'less than '}{self.means}"
        )


MEASURED: Final = (
    Measured(
        code="pain",
        label="Pain",
        asked="Pain, 0 to 10",
        how="How strong was the pain on average over the last day? 0 is none, 10 the worst.",
        one="of 10",
        many="of 10",
        highest=10,
        unit="points of 10",
        up=False,
        matters=2,
        means="a change that matters",
        source="2 points, in people with low back pain: Childs and others 2005 (PubMed 15928561). "
        "From severe pain it may take more.",
    ),
    Measured(
        code="chair_stands",
        label="Stands from a chair in 30 seconds",
        asked="Stands from a chair in 30 seconds",
        how="Arms crossed, chair against a wall: full stands in 30 seconds. One trial first, "
        "which does not count.",
        one="stand",
        many="stands",
        highest=60,
        unit="stands",
        up=True,
        matters=3,
        means="a change that counting again does not explain",
        source="About 2.5 stands lie within the measuring itself, in early knee osteoarthritis: "
        "Gill and others 2022. How many matter to the patient: no figure known for backs.",
    ),
    Measured(
        code="walking_minutes",
        label="Walking time",
        asked="Walking time in minutes",
        how="How many minutes until symptoms make the patient stop or sit?",
        one="minute",
        many="minutes",
        highest=600,
        unit="minutes",
        up=True,
        matters=None,
        means="",
        source="No figure known for how much change matters.",
    ),
)
MEASURED_BY_CODE: Final = {measured.code: measured for measured in MEASURED}


@dataclass(frozen=True, slots=True)
class NotCopied:
    """A questionnaire that is named and not copied, and why."""

    name: str
    why: str


NOT_COPIED: Final = (
    NotCopied("Oswestry Disability Index", "its owner licenses it, and fees may apply to software"),
    NotCopied("STarT Back and STarT MSK", "a product has to ask Keele University for a licence"),
    NotCopied(
        "Roland-Morris Disability Questionnaire",
        "free only in the form that its authors published, which is not built in",
    ),
    NotCopied("EARS and SIRAS", "no open licence was found"),
    NotCopied("PAR-Q+", "its licence is not confirmed"),
)
