"""Which phase of a plan a program is in, since when, and when the next one is due.

A phase ends by a clinician's judgement. The day only says when the next one is proposed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from programs.exercises.phases import ends_on, spans_of, weeks_in_words
from programs.prescriptions.models import IssuedPrescription, Program


def phase_words(program: Program) -> str:
    """``Phase 1 of 2 of “Knee”, for weeks 1 and 2``; empty for a program in no phase."""
    if not program.phase:
        return ""
    template = program.plan["template"]
    spans = spans_of(template)
    weeks = weeks_in_words(*spans[program.phase - 1])
    return f"Phase {program.phase} of {len(spans)} of “{template['name']}”, for {weeks}"


def due_phase(program: Program, today: dt.date) -> int:
    """The number of the phase that is due by ``today``; 0 where none is, or a draft is open."""
    due = program.next_phase_on
    waits = program.draft_open or program.ended_at is not None or due is None or due > today
    return 0 if waits else program.phase + 1


def begun_on(program: Program, latest: IssuedPrescription | None, today: dt.date) -> dt.date | None:
    """The day on which the weeks of the program's phase began: kept while the phase is the same."""
    if not program.phase:
        return None
    if latest is not None and same_phase(program, latest.draft):
        kept = latest.payload.get("weeks_from")
        return dt.date.fromisoformat(kept) if kept else today
    return today


def same_phase(program: Program, draft: Mapping[str, Any]) -> bool:
    """Whether the version that was made from ``draft`` is of the phase that the program is in."""
    return (draft.get("plan", {}), draft.get("phase", 0)) == (program.plan, program.phase)


def next_due(program: Program, begun: dt.date | None) -> dt.date | None:
    """The day from which another phase follows on the one that began then, if one does."""
    spans = spans_of(program.plan.get("template", {}))
    if begun is None or program.phase >= len(spans):
        return None
    return ends_on(begun, spans[program.phase - 1])
