"""The inbox of a practice: what patients' reports ask of its clinicians, most urgent first.

Alerts must be seen, reviews may be decided. What one event raised stands on one card, with every
reason and one list of what can be done. ``settings.ALERT_HELP`` names a function of an app
above this one; called with ``(practice, alerts)`` it returns ``Help`` by the alert's key: names
of exercises, the rules, and what can be done with one click.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from clinic.models import Practice
from patients.inbox import words as alert_words
from patients.inbox.attention import AttentionRank
from patients.models import Alert, Case
from patients.models.alert import AlertQuerySet
from patients.response.facts import Urgency

MOST_ON_TOP = 10
"""Urgent alerts that stand on top of a page; the rest is one click away in the inbox."""
_COUNT = "_inbox_waiting"
_ORDER = ("rank_first", "-at_last", "pk_first")
"""Of cards: the most urgent first, then the latest."""
_READING = ("kind", "rank", "-raised_at", "pk")
"""Of the reasons on one card: alerts before what they propose."""


class Show(StrEnum):
    """Which part of the inbox is shown."""

    OPEN = "open"
    SNOOZED = "snoozed"
    DONE = "done"

    @property
    def words(self) -> str:
        """The filter as it is shown."""
        return {"open": "Open", "snoozed": "Snoozed", "done": "Done"}[self.value]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that led to an alert: its id, what it says, where it comes from, where it stands."""

    id: str
    words: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do about an alert. ``post``: done by this click; else a page that opens.

    ``reads``: it decides nothing, so that it is there for members who do not treat, too.
    """

    words: str
    url: str
    post: bool = False
    main: bool = False
    reads: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Help:
    """What an app above knows about an alert; ``teller``: who helps the patient and told it."""

    names: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[RuleLine, ...] = ()
    steps: tuple[Step, ...] = ()
    teller: str = ""


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """An alert or review with everything that is said of it: one reason of a card."""

    alert: Alert
    title: str
    facts: Sequence[str]
    help: Help
    dated: bool = True

    def beside(self, earlier: Sequence[InboxEntry]) -> InboxEntry:
        """What is left to say under the earlier reasons of a card: nothing is said twice."""
        facts = {fact for entry in earlier for fact in entry.facts}
        rules = {rule for entry in earlier for rule in entry.help.rules}
        return replace(
            self,
            facts=[fact for fact in self.facts if fact not in facts],
            help=replace(self.help, rules=tuple(r for r in self.help.rules if r not in rules)),
            dated=all(entry.alert.raised_at != self.alert.raised_at for entry in earlier),
        )

    @property
    def urgency(self) -> AttentionRank:
        """How fast somebody has to act."""
        return AttentionRank(self.alert.rank)


@dataclass(slots=True)
class InboxCard:
    """What one event asks: its reasons, alerts before what they propose, and what to do next.

    ``advice``: what to do now about a red flag that stops the case, where the page shows it here.
    """

    entries: list[InboxEntry]
    advice: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> list[InboxEntry]:
        """Every reason as the card shows it, each without what stands above it already."""
        return [entry.beside(self.entries[:n]) for n, entry in enumerate(self.entries)]

    @property
    def alert(self) -> Alert:
        """The first reason: its address stands for the card."""
        return self.entries[0].alert

    @property
    def title(self) -> str:
        """The first reason, and how many more there are."""
        more = len(self.entries) - 1
        return self.entries[0].title + (f" (and {more} more)" if more else "")

    @property
    def urgency(self) -> AttentionRank:
        """How fast somebody has to act."""
        return min(entry.urgency for entry in self.entries)

    @property
    def is_emergency(self) -> bool:
        """Whether it must not wait, and so cannot be snoozed."""
        return any(entry.alert.urgency == Urgency.EMERGENCY for entry in self.entries)

    @property
    def is_urgent(self) -> bool:
        """Whether somebody has to act today."""
        return self.urgency <= AttentionRank.SAME_DAY

    @property
    def is_snoozed(self) -> bool:
        """Whether it is put off until a day that has not come."""
        until = self.alert.snoozed_until
        return self.alert.is_open and until is not None and until > timezone.now()

    @property
    def steps(self) -> list[Step]:
        """What can be done, each once; what several reasons lead to is not offered twice."""
        return list(
            {step.url: step for entry in self.entries for step in entry.help.steps}.values()
        )

    @property
    def seen(self) -> str:
        """What the page showed, to be told from what comes in later."""
        return seen_of(entry.alert for entry in self.entries)

    @property
    def can_be_put_away(self) -> bool:
        """Something on it no longer holds, and none of that was an emergency."""
        over = [entry.alert for entry in self.entries if entry.alert.ended_at is not None]
        return bool(over) and all(alert.urgency != Urgency.EMERGENCY for alert in over)

    @property
    def is_over(self) -> bool:
        """Nothing on it holds any more."""
        return all(entry.alert.ended_at is not None for entry in self.entries)

    @property
    def flags(self) -> set[str]:
        """The red flags that it tells of."""
        return {
            str(entry.alert.facts["red_flag"])
            for entry in self.entries
            if entry.alert.code == "red_flag"
        }


def seen_of(alerts: Iterable[Alert]) -> str:
    """The occurrences that a page shows, as it sends them back."""
    return " ".join(alert.event for alert in sorted(alerts, key=lambda alert: alert.pk))


def alerts_of(practice: Practice) -> AlertQuerySet:
    """Every alert and review of the practice, with the people its page names."""
    found: Any = Alert.objects.filter(practice=practice)
    return found.select_related("case__patient", "acknowledged_by", "snoozed_by")


def shown(practice: Practice, show: Show) -> QuerySet[Alert, Any]:
    """The open cards or those put off, in their order, as keys for ``cards``; see also ``done``."""
    alerts: Any = Alert.objects.filter(practice=practice).with_card().order_by()
    if show is Show.SNOOZED:
        keys = _dated(alerts.put_off().values("case_id", "card"))
        return keys.annotate(back=Min("snoozed_until")).order_by("back", "rank_first", "pk_first")
    return _dated(alerts.waiting().order_by().values("case_id", "card")).order_by(*_ORDER)


def _dated(keys: Any) -> Any:
    return keys.annotate(rank_first=Min("rank"), at_last=Max("raised_at"), pk_first=Min("pk"))


def cards(practice: Practice, keys: Iterable[Mapping[str, Any]], show: Show) -> list[InboxCard]:
    """The cards of these keys, in the same order; a constant number of queries."""
    wanted = [(key["case_id"], key["card"], key.get("acknowledged_at")) for key in keys]
    if not wanted:
        return []
    found: Any = alerts_of(practice).with_card().filter(case__in={case for case, _, _ in wanted})
    found = _part(found, show).filter(card__in={card for _, card, _ in wanted})
    by_key: dict[Any, list[Alert]] = {key: [] for key in wanted}
    for alert in found.order_by(*_READING):
        done = alert.acknowledged_at if show is Show.DONE else None
        if (key := (alert.case_id, alert.card, done)) in by_key:
            by_key[key].append(alert)
    everything = [alert for rows in by_key.values() for alert in rows]
    told = {entry.alert.pk: entry for entry in entries(practice, everything)}
    return [InboxCard([told[alert.pk] for alert in rows]) for rows in by_key.values() if rows]


def _part(alerts: Any, show: Show) -> Any:
    if show is Show.DONE:
        return alerts.exclude(acknowledged_at=None)
    return alerts.put_off() if show is Show.SNOOZED else alerts.waiting()


def card_of(practice: Practice, alert: Alert) -> InboxCard:
    """The card on which an alert stands, with what stands there with it."""
    rows = alerts_of(practice).beside(alert).standing_with(alert).order_by(*_READING)
    return InboxCard(entries(practice, list(rows)))


def urgent(practice: Practice, case: Case | None = None) -> list[InboxCard]:
    """What stands on top of pages until it is acknowledged: cards with an alert of today.

    On the page of a case, its own.
    """
    keys: Any = Alert.objects.filter(practice=practice).with_card().waiting().order_by()
    keys = keys.filter(kind=Alert.ALERT, rank__lte=AttentionRank.SAME_DAY)
    if case is not None:
        keys = keys.filter(case=case)
    dated = _dated(keys.values("case_id", "card")).order_by(*_ORDER)
    return cards(practice, dated[: MOST_ON_TOP + 1], Show.OPEN)


def entries(practice: Practice, alerts: Sequence[Alert]) -> list[InboxEntry]:
    """Alerts with their words, in the same order; a constant number of queries."""
    known = _help(practice, alerts)
    nothing = Help()
    return [
        InboxEntry(
            alert,
            alert_words.title(alert),
            alert_words.facts(alert, known.get(alert.pk, nothing).names),
            known.get(alert.pk, nothing),
        )
        for alert in alerts
    ]


def _help(practice: Practice, alerts: Iterable[Alert]) -> Mapping[int, Help]:
    path = getattr(settings, "ALERT_HELP", "")
    rows = list(alerts)
    found: Mapping[int, Help] = import_string(path)(practice, rows) if path and rows else {}
    return found


_WAITING: Final = """
SELECT count(*) FROM (
    SELECT DISTINCT case_id, coalesce(nullif(occasion, ''), id::text) FROM patients_alert
    WHERE practice_id = %s AND acknowledged_at IS NULL
        AND (snoozed_until IS NULL OR snoozed_until <= %s)
) card
"""
"""``with_card().waiting()`` in words of its own: every page asks, and to put them together took as
long as to answer."""


def waiting_in(practice: Practice) -> int:
    """How many cards wait in a practice; read from an index alone (``alerts_counted``)."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [practice.pk, timezone.now()])
        return int(cursor.fetchone()[0])


def remember_count(request: HttpRequest, found: int) -> None:
    """The page has counted what waits already."""
    setattr(request, _COUNT, found)


def waiting_count(request: HttpRequest) -> int:
    """How many cards wait in the inbox of this request's practice; asked once a request."""
    if not hasattr(request, _COUNT):
        practice: Practice | None = getattr(request, "practice", None)
        remember_count(request, 0 if practice is None else waiting_in(practice))
    count: int = getattr(request, _COUNT)
    return count
