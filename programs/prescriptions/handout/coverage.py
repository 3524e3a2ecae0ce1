"""Which signs the fonts of this machine can draw."""

from __future__ import annotations

import subprocess
from functools import cache


@cache
def drawable() -> frozenset[int]:
    """Every code point that some installed font has, as the layout chooses from all of them.

    Asked once a process: fonts come with the system.
    """
    listed = subprocess.run(
        ["fc-list", "--format", "%{charset}\n"],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return covered(listed.stdout)


def covered(listed: str) -> frozenset[int]:
    """Read fontconfig's ranges: ``20-7e a0 370-377``."""
    found: set[int] = set()
    for part in set(listed.split()):
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)
