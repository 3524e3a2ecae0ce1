"""Two people change one case at once: keep both, or say where they disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from patients.models import Case, CaseRevision

#: Facts that only make sense together, so that they are taken from one person as a whole.
FACT_GROUPS: tuple[tuple[str, ...], ...] = (
    ("title",),
    ("clinician",),
    ("conditions",),
    ("surgeries",),
    ("pregnant", "due_date"),
    ("gave_birth", "birth_on", "birth"),
    ("directional_preference", "preference_recorded_by", "preference_recorded_on"),
    ("irritability",),
    ("resources",),
    ("weight_bearing_left",),
    ("weight_bearing_right",),
    ("baseline_pain",),
    ("baseline_left",),
    ("baseline_right",),
    ("baseline_walking_left",),
    ("baseline_walking_right",),
    ("baseline_weakness",),
    ("baseline_numbness",),
    ("goals",),
)
EDITABLE: frozenset[str] = frozenset(name for unit in FACT_GROUPS for name in unit)
"""The facts that the case form edits; answers of the safety screen are saved one by one."""


class Conflict(Exception):  # noqa: N818 - an outcome to show, not an error
    """Somebody else changed the same facts. Nothing was written."""

    def __init__(
        self,
        case: Case,
        fields: Sequence[str],
        others: Sequence[CaseRevision],
        *,
        mine: Mapping[str, Any],
        theirs: Mapping[str, Any],
    ) -> None:
        """``others`` are the revisions made meanwhile, oldest first."""
        super().__init__("Somebody else changed the same facts.")
        self.case = case
        self.fields = list(fields)
        self.others = [row for row in others if set(row.fields) & set(fields)]
        self.mine = mine
        self.theirs = theirs


def merge(
    *, base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Three versions of the facts into one.

    ``base`` is what the editor started from, ``theirs`` what is recorded now. Where only one side
    changed, that side wins. Where both did and disagree, ``mine`` is in the result and the
    differing names are in the second value. Facts that ``mine`` does not hold are left alone.
    """
    merged: dict[str, Any] = {}
    conflicting: list[str] = []
    for unit in FACT_GROUPS:
        names = [name for name in unit if name in mine]
        if not names:
            continue
        ours, now, start = (_pick(facts, names) for facts in (mine, theirs, base))
        kept = now if ours == start else ours
        merged.update(zip(names, kept, strict=True))
        if start not in (ours, now) and ours != now:
            conflicting += [name for name in names if mine[name] != theirs.get(name)]
    return merged, conflicting


def _pick(facts: Mapping[str, Any], names: Sequence[str]) -> list[Any]:
    return [facts.get(name) for name in names]
