"""What is said of an exercise of which nobody knows whether it is for one side, as it is stored.

Pure. What was said of one limb, or of one way, is written for both; see
``programs.rules.either_side``.
"""

from __future__ import annotations

from typing import Any

from programs.rules.either_side import either_limb, twin_of


def for_either_side(table: dict[str, Any]) -> dict[str, Any]:
    """The table of such an exercise; one that is written so already stays as it is."""
    rows: list[dict[str, Any]] = []
    for row in table["movement"]:
        part = either_limb(row["part"])
        twin = twin_of(row["direction"])
        for way in (row["direction"], *([twin] if twin else [])):
            if (one := {**row, "part": part, "direction": way}) not in rows:
                rows.append(one)
    unknown = set(table.get("unknown", ()))
    if any(either_limb(row["part"]) != row["part"] for row in table["movement"]):
        unknown.add("limb")
    return {**table, "movement": rows, "unknown": sorted(unknown)}
