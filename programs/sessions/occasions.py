"""Which event an alert or proposal comes from: what one event raises stands on one card.

Pure. An event is a session, or the log of a moment. What only time shows has a name of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from patients.response import History, Proposal, Response, StandingAlert

_BY_TIME: Final = frozenset({"no_change", "ask_barriers"})
_OF_LATEST: Final = frozenset({"worsening"})


class Occasions:
    """The event of each thing that stands in one answer."""

    def __init__(self, history: History, answer: Response) -> None:
        """Look the logs through once."""
        self._at = {log.at: log.session for log in history.logs}
        self._flags: dict[str, tuple[dt.datetime, str]] = {}
        for log in history.logs:
            for flag in log.red_flags:
                self._flags[flag] = max(self._flags.get(flag, (log.at, "")), (log.at, log.session))
        self._latest = max(((log.at, log.session) for log in history.logs), default=(None, ""))[1]
        self._answer = answer

    def of(self, found: StandingAlert | Proposal) -> str:
        """The session that it comes from, or a name for what comes from none."""
        facts: Mapping[str, Any] = found.facts
        if found.code == "red_flag" and facts["red_flag"] in self._flags:
            return self._flags[facts["red_flag"]][1]
        if facts.get("session"):
            return str(facts["session"])
        if facts.get("sessions"):
            return str(facts["sessions"][-1])
        if facts.get("at"):
            return self._at.get(dt.datetime.fromisoformat(facts["at"]), "")
        return self._of_state(found)

    def _of_state(self, found: StandingAlert | Proposal) -> str:
        if found.code == "review":
            return self._of_review()
        if found.code == "review_direction":
            return self._of_spread()
        if found.code in _BY_TIME:
            return found.code
        return self._latest if found.code in _OF_LATEST else ""

    def _of_review(self) -> str:
        """A review stands with the alert that asks for it."""
        codes = [alert.code for alert in self._answer.alerts]
        return self._latest if "worsening" in codes else "no_change"

    def _of_spread(self) -> str:
        spreads = (a for a in self._answer.alerts if a.code == "peripheralising" and not a.item)
        return next((str(a.facts["session"]) for a in spreads if a.facts.get("session")), "")
