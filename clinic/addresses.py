"""Addresses of rows, for lists that name many: one is worked out once for all of them."""

from __future__ import annotations

from functools import cache
from typing import Final
from uuid import UUID

from django.urls import reverse

_ANYBODY: Final = UUID(int=0)


def address_of(name: str, key: UUID) -> str:
    """What ``reverse`` gives for an address that takes this key and nothing else."""
    return _pattern(name).replace(str(_ANYBODY), str(key))


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[_ANYBODY])
