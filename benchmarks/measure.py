"""Timing, and what a figure is held against."""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One figure. ``goal`` is empty where it is told for comparison only.

    ``goal`` reads like ``< 50`` or ``>= 3``, in the figure's own unit.
    """

    bench: str
    value: float
    unit: str
    goal: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the goal is met; None without one."""
        if not self.goal:
            return None
        sign, limit = self.goal.split()
        number = float(limit)
        return {
            "<": self.value < number,
            "<=": self.value <= number,
            ">=": self.value >= number,
            "=": self.value == number,
        }[sign]

    def json_line(self) -> str:
        """The figure for machines."""
        return json.dumps(
            {
                "bench": self.bench,
                "value": self.value,
                "unit": self.unit,
                "goal": self.goal or None,
                "holds": self.holds,
            }
        )


def p95(values: Iterable[float]) -> float:
    """The 95th percentile, in the unit of the values: one in twenty is larger."""
    found = list(values)
    return statistics.quantiles(found, n=20, method="inclusive")[-1] if found[1:] else found[0]


def median_ms(work: Callable[[int], object], *, runs: int, warm: int = 2) -> float:
    """Median milliseconds of ``work(n)`` over ``runs`` runs, after ``warm`` that do not count."""
    return medians_ms(work, runs=runs, warm=warm)[0]


def medians_ms(*works: Callable[[int], object], runs: int, warm: int = 2) -> list[float]:
    """The same for things to be compared: they take turns, so that a busy moment meets them all."""
    times: list[list[float]] = [[] for _ in works]
    for n in range(warm + runs):
        for work, row in zip(works, times, strict=True):
            started = time.perf_counter()
            work(n)
            row.append(time.perf_counter() - started)
    return [round(statistics.median(row[warm:]) * 1000, 2) for row in times]


def processor_ms(*works: Callable[[int], object], runs: int) -> list[float]:
    """Median milliseconds of processor time of each, and of the programs it starts and waits for.

    In turns as well. On a busy machine it says what the clock on the wall cannot.
    """
    times: list[list[float]] = [[] for _ in works]
    for n in range(1 + runs):
        for work, row in zip(works, times, strict=True):
            started = sum(os.times()[:4])
            work(n)
            row.append(sum(os.times()[:4]) - started)
    return [round(statistics.median(row[1:]) * 1000, 2) for row in times]


def table(results: list[Result]) -> str:
    """The figures for people, one line each."""
    rows = [("Measured", "Value", "Unit", "Goal", "Holds")]
    words = {True: "yes", False: "NO", None: ""}
    rows += [(r.bench, f"{r.value:g}", r.unit, r.goal, words[r.holds]) for r in results]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, "  ".join("-" * w for w in widths))
    return "\n".join(line.rstrip() for line in lines)
