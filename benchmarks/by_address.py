"""What the answers of a day took, address by address: who waits, and what for."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.measure import p95

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9]+(?=/)|(?<=^/p/)[^/]+")
_TOLD = re.compile(r"dur=([0-9.]+)")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in milliseconds.

    ``took``: from asking to the last byte; ``cpu``: of the thread that answered; ``here``: by the
    clock, from when it had the request. What is left of ``took`` is the wait for a thread, and the
    way.
    """

    page: str
    took: float
    cpu: float
    here: float

    @classmethod
    def of(cls, method: str, address: str, took: float, timing: str) -> Answer:
        """An answer with its header ``Server-Timing``, as ``benchmarks.metered`` writes it."""
        cpu, here = [float(part) for part in _TOLD.findall(timing)] or (0.0, 0.0)
        page = _ID.sub("…", address)
        return cls(page if method == "GET" else f"{method} {page}", took, cpu, here)


def table(answers: Iterable[Answer]) -> str:
    """A line for each address, those that took most of the processor first."""
    pages: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        pages[answer.page].append(answer)
    lines = [
        f"{'address':<32}{'times':>7}{'median':>8}{'p95':>7}{'here p95':>10}"
        f"{'cpu':>7}{'cpu p95':>9}{'cpu s':>8}"
    ]
    for page, rows in sorted(pages.items(), key=lambda item: -sum(a.cpu for a in item[1])):
        took, here = [a.took for a in rows], [a.here for a in rows]
        cpu = [a.cpu for a in rows]
        lines.append(
            f"{page:<32}{len(rows):>7}{statistics.median(took):>8.0f}{p95(took):>7.0f}{p95(here):>10.0f}"
            f"{statistics.median(cpu):>7.0f}{p95(cpu):>9.0f}{sum(cpu) / 1000:>8.1f}"
        )
    return "\n".join(lines)
