"""Codes in words, for sentences that are put together. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from patients.vocabulary import CONDITIONS, FINDINGS, RED_FLAGS, SURGERIES


def either(values: Iterable[str]) -> str:
    """One of these, in the order of the alphabet."""
    return " or ".join(sorted(values))


def labels_of(codes: Iterable[str]) -> str:
    """One of what these codes are called."""
    return either(label_of(code) for code in codes)


def label_of(code: str) -> str:
    """What is called so: a condition, a finding, a red flag or an operation."""
    for table in (CONDITIONS, FINDINGS, RED_FLAGS, SURGERIES):
        if code in table:
            label: str = table[code].label
            return label
    raise KeyError(code)
