"""Why an alert or a proposal does not hold any more.

Red flags and nerve signs are about the patient: no program ends them. The rest is about what the
patient does, and falls away with the program or the exercise.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, Final

from patients.models import Alert, Case
from patients.models.alert import EndedWhy
from patients.response import History, Proposal, StandingAlert
from programs.sessions.models import ExerciseLog
from programs.sessions.prescribed import PrescribedVersion

_OF_THE_PATIENT: Final = frozenset({"red_flag", "neurological_change", "both_legs"}) | {
    "screen_red_flags",
    "set_preference_extension",
    "set_preference_flexion",
}
_OF_THE_DOSE: Final = frozenset({"two_red_days", "ease_dose"})
"""About doses as they were: a version issued since has answered it."""
_SIGNS: Final = frozenset({"neurological_change", "both_legs", "screen_red_flags"})


class Endings:
    """What the case's programs say about what stands and what stood."""

    def __init__(self, case: Case, history: History, versions: list[PrescribedVersion]) -> None:
        """``versions``: all of the case, the newest first."""
        self.case, self.history = case, history
        self.running = [v for v in versions if not v.has_ended]
        self.over = bool(versions) and not self.running
        newest = self.running[0].items if self.running else ()
        self.current = {item.id for item in newest}
        self.first = min((v.issued_at for v in versions), default=history.now)

    @cached_property
    def latest(self) -> dict[str, dt.datetime]:
        """The last moment of each session."""
        found: dict[str, dt.datetime] = {}
        for log in self.history.logs:
            found[log.session] = max(log.at, found.get(log.session, log.at))
        return found

    def of_program(self, found: StandingAlert | Proposal) -> str:
        """Why the programs ended it though the reports still tell of it; empty: they did not."""
        if found.code in _OF_THE_PATIENT:
            return ""
        return self._over(found.code, found.item or "", dict(found.facts))

    def why(self, row: Alert) -> str:
        """Why a row that held does not hold any more."""
        if row.code == "red_flag":
            return EndedWhy.ANSWERED
        if row.code in _SIGNS and self._known():
            return EndedWhy.KNOWN
        of_program = row.code not in _OF_THE_PATIENT
        if of_program and (why := self._over(row.code, row.item, row.facts)):
            return why
        if row.code.removeprefix("set_preference_") == self.history.preference:
            return EndedWhy.RECORDED
        if any(mark.code == row.item for mark in self.history.reinstated):
            return EndedWhy.REINSTATED
        if self._corrected(row):
            return EndedWhy.CORRECTED
        return EndedWhy.LATER if self._newer(row) else EndedWhy.UNKNOWN

    def _known(self) -> bool:
        """Whether something is recorded as known at the start of the case."""
        return bool(self.history.baseline_kinds or self.history.baseline_walking)

    def _over(self, code: str, item: str, facts: dict[str, Any]) -> str:
        if self.over:
            return EndedWhy.PROGRAM_ENDED
        named = {item} if item else {str(name) for name in facts.get("items", [])}
        if self.running and named and not named & self.current:
            return EndedWhy.ITEM_GONE
        if code in _OF_THE_DOSE and self._issued_since(facts):
            return EndedWhy.REISSUED
        return ""

    def _issued_since(self, facts: dict[str, Any]) -> bool:
        """Whether a version has replaced the one that these sessions were done with."""
        sessions = [self.latest[s] for s in facts.get("sessions", []) if s in self.latest]
        if not sessions or not self.running:
            return False
        newest = max(v.issued_at for v in self.running)
        return newest > max(sessions) and self.first < min(sessions)

    def _corrected(self, row: Alert) -> bool:
        """Whether an entry of its sessions was corrected after it was raised."""
        sessions = _sessions(row)
        later = {"corrects__isnull": False, "received_at__gte": row.raised_at}
        if not sessions:
            return False
        logs = self.case.symptom_logs.filter(session__in=sessions, **later)
        done = ExerciseLog.objects.filter(session__case=self.case, **later)
        return logs.exists() or done.filter(session__client_id__in=sessions).exists()

    def _newer(self, row: Alert) -> bool:
        """Whether sessions came in after those that it is about."""
        known = [self.latest[s] for s in _sessions(row) if s in self.latest]
        return not known or max(self.latest.values()) > max(known)


_UUID_LENGTH: Final = 36


def _sessions(row: Alert) -> list[str]:
    facts = row.facts
    found = facts.get("sessions") or [facts.get("session") or row.occasion]
    return [str(name) for name in found if len(str(name)) == _UUID_LENGTH]


def named_by_alerts(case: Case) -> set[str]:
    """Sessions that an alert or a proposal tells of which still stands."""
    return {name for row in case.alerts.filter(ended_at=None) for name in _sessions(row)}
