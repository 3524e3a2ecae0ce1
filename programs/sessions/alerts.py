"""Alerts and reviews brought in line with what a case's answer says now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from clinic import audit
from patients.inbox import mail as alert_mail
from patients.models import Alert, AlertMail, Case
from patients.models.alert import EndedWhy
from patients.response import History, Proposal, Response, StandingAlert, Urgency
from patients.vocabulary import Chain
from programs.sessions.endings import Endings
from programs.sessions.occasions import Occasions
from programs.sessions.prescribed import PrescribedItem, PrescribedVersion, items_of

OCCURRENCES: Final = frozenset(
    {
        "red_flag",
        "neurological_change",
        "both_legs",
        "peripheralising",
        "extension_not_tolerated",
        "two_red_days",
    }
)
"""Alerts about something that happened: a new occurrence is raised again after the last was seen.
The others tell of a state, and stay quiet while it lasts."""
MAILED: Final = frozenset({Urgency.EMERGENCY.value, Urgency.SAME_DAY.value})
_PLACED: Final = frozenset({"location_now", "rank_after", "rank_change"})
"""Facts that are ranks of places."""
_COMPARED: Final = ("facts", "event", "rules", "urgency", "rank")
_KINDS_OF_SIGN: Final = frozenset({"neurological_change"})
"""Weakness and numbness of one session are two things to read, each with its own facts."""
"""Columns of an open alert that follow what stands now."""
_REVIEW_URGENCY: Final = {"screen_red_flags": Urgency.SAME_DAY, "ask_barriers": Urgency.ROUTINE}
_Key = tuple[str, str, str, str]
_STANDING: Final = """
SELECT * FROM patients_alert WHERE case_id = %s AND (ended_at IS NULL OR acknowledged_at IS NULL)
ORDER BY id FOR UPDATE
"""


def bring_in_line(
    case: Case,
    history: History,
    answer: Response,
    versions: list[PrescribedVersion],
    *,
    standing: bool,
) -> None:
    """Bring the case's alerts and reviews in line with what stands now.

    Their rows are locked: who acknowledges one in the same moment is neither forgotten nor taken
    to have seen what has just come in. ``standing``: whether there are any, as was read under the
    lock of the case, without which none is raised.
    """
    # Of several rows about one thing the latest counts; an earlier one was acknowledged or ended.
    known = {_key(row): row for row in _locked(case)} if standing else {}
    endings = Endings(case, history, versions)
    items, occasions = items_of(versions), Occasions(history, answer)
    found = (s for s in _standing(answer) if not endings.of_program(s))
    made = (_row(case, s, history, items, occasions) for s in found)
    wanted = {_key(row): row for row in made}
    for key, row in known.items():
        # It holds no longer. Its row stays for whoever has not read it yet.
        if key not in wanted and row.ended_at is None:
            _end(row, history.now, endings.why(row))
    opened = []
    for key, new in wanted.items():
        old = known.get(key)
        if old is None or _again(old, new):
            # What was acknowledged stays as it was read: the new occurrence gets its own row.
            if old is not None and old.ended_at is None:
                _end(old, history.now, EndedWhy.LATER)
            new.save(force_insert=True)
            opened.append(new)
        elif old.is_open and _differs(old, new):
            _follow(case, old, new, history.now)
        # Else it is known and unchanged, or acknowledged and still the same: nobody is told twice.
    _tell(case, opened)


def _locked(case: Case) -> Iterable[Alert]:
    for row in Alert.objects.raw(_STANDING, [case.pk]):
        row.case = case
        yield row


def _end(row: Alert, now: dt.datetime, why: str) -> None:
    row.ended_at, row.ended_why = now, why
    row.save(update_fields=["ended_at", "ended_why"])


def _follow(case: Case, old: Alert, new: Alert, now: dt.datetime) -> None:
    """Bring an open row up to date; one that had ended stands again, without a second row."""
    # Facts that grew under the same occurrence wake nobody; an occurrence that was not in it does.
    if old.code in OCCURRENCES:
        if _events(new) - _events(old):
            _wake(case, old, now)
        # What only lasts stays on the card on which it was first read.
        old.occasion = new.occasion
    old.facts, old.event, old.rules = new.facts, new.event, new.rules
    old.urgency, old.rank, old.ended_at, old.ended_why = new.urgency, new.rank, None, ""
    old.save(update_fields=[*_COMPARED, "occasion", "ended_at", "ended_why"])


def _standing(answer: Response) -> Iterable[StandingAlert | Proposal]:
    """Alerts and proposals; a red flag from the safety screen is on the dashboard already."""
    for alert in answer.alerts:
        if alert.code != "red_flag" or alert.facts.get("at") is not None:
            yield alert
    yield from answer.proposals


def _key(row: Alert) -> _Key:
    """What makes two rows the same thing: for a red flag also which one, for a sign its kind."""
    which = row.facts.get("red_flag", "") if row.code == "red_flag" else ""
    if row.code in _KINDS_OF_SIGN:
        which = row.facts.get("seen", "")
    return row.kind, row.code, row.item, str(which)


def _row(
    case: Case,
    found: StandingAlert | Proposal,
    history: History,
    items: dict[str, PrescribedItem],
    occasions: Occasions,
) -> Alert:
    is_alert = isinstance(found, StandingAlert)
    urgency = (
        found.urgency
        if isinstance(found, StandingAlert)
        else _REVIEW_URGENCY.get(found.code, Urgency.SOON)
    )
    item = items.get(found.item or "")
    return Alert(
        case=case,
        kind=Alert.ALERT if is_alert else Alert.REVIEW,
        code=found.code,
        item=found.item or "",
        item_name=item.name if item else "",
        urgency=urgency.value,
        rank=Alert.RANKS[urgency.value],
        facts=_facts(found.facts, history),
        rules=list(found.rules),
        event=_event(found.code, dict(found.facts), history),
        occasion=occasions.of(found),
        raised_at=history.now,
    )


def _facts(facts: Mapping[str, Any], history: History) -> dict[str, Any]:
    """What is kept of the facts; ranks along the arm say that they are."""
    along = {"along": Chain.ARM.value} if history.arms and not _PLACED.isdisjoint(facts) else {}
    return {**facts, **along}


def _event(code: str, facts: dict[str, Any], history: History) -> str:
    """Tells one occurrence from the next."""
    if code == "red_flag":
        flag = facts["red_flag"]
        if "seen" in facts:
            return f"{flag}@{facts['at']}"
        latest = max((e.at for e in history.logs if flag in e.red_flags), default=history.now)
        return f"{flag}@{latest.isoformat()}"
    sessions = facts.get("sessions") or [facts.get("session") or ""]
    return "|".join(str(s) for s in sessions)[:200] if isinstance(sessions, list) else ""


def _again(old: Alert, new: Alert) -> bool:
    """Whether something acknowledged has happened anew."""
    if old.is_open:
        return False
    return old.code in OCCURRENCES and old.event != new.event


def _events(row: Alert) -> set[str]:
    return set(row.event.split("|"))


def _differs(old: Alert, new: Alert) -> bool:
    return old.ended_at is not None or any(getattr(old, n) != getattr(new, n) for n in _COMPARED)


def _tell(case: Case, opened: Iterable[Alert]) -> None:
    """One e-mail an event, where it is urgent and the practice has an address for it."""
    events: dict[str, list[Alert]] = defaultdict(list)
    for row in opened:
        events[row.card_key].append(row)
    for rows in events.values():
        first = min(rows, key=lambda row: (row.rank, row.kind, row.pk))
        if to := _mail_to(case, first):
            AlertMail.objects.create(alert=first, to=to)
            alert_mail.send_soon()


def _wake(case: Case, row: Alert, now: dt.datetime) -> None:
    """Bring back what was put off: it has happened anew, and whoever put it off did not know."""
    if row.snoozed_until is None or row.snoozed_until <= now:
        return
    row.snoozed_until = now
    row.save(update_fields=["snoozed_until"])
    audit.record(
        practice=case.practice,
        actor=None,
        actor_label="patient",
        action="alert.wake",
        target=row,
        code=row.code,
        urgency=row.urgency,
    )
    if to := _mail_to(case, row):
        anew = {"to": to, "sent_at": None, "attempts": 0, "next_try_at": now, "error": ""}
        AlertMail.objects.update_or_create(alert=row, defaults={**anew, "created_at": now})
        alert_mail.send_soon()


def _mail_to(case: Case, row: Alert) -> str:
    """Where an e-mail about it goes; empty where none does."""
    is_urgent = row.kind == Alert.ALERT and row.urgency in MAILED
    return case.practice.alert_email if is_urgent else ""
