"""Addresses of rows, for lists that name many: one is worked out once for all of them."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from django.urls import reverse


def address_of(name: str, *keys: UUID) -> str:
    """What ``reverse`` gives for an address that takes these keys and nothing else."""
    parts = _parts(name, len(keys))
    if len(keys) == 1:
        return f"{parts[0]}{keys[0]}{parts[1]}"
    return parts[0] + "".join(f"{key}{part}" for key, part in zip(keys, parts[1:], strict=True))


@cache
def _parts(name: str, keys: int) -> list[str]:
    """What stands around the keys, which an address names in the order of its arguments."""
    left, found = _pattern(name, keys), []
    for number in range(keys):
        part, _, left = left.partition(_nobody(number))
        found.append(part)
    return [*found, left]


@cache
def _pattern(name: str, keys: int) -> str:
    return reverse(name, args=[_nobody(number) for number in range(keys)])


@cache
def _nobody(number: int) -> str:
    return str(UUID(int=number))
