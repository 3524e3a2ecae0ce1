"""The inbox of a practice: what patients' reports ask of its clinicians, most urgent first.

Alerts must be seen, reviews may be decided. What one event raised stands on one card
(``patients.inbox.card``). ``settings.ALERT_HELP`` names a function of an app above this one; called
with ``(practice, alerts)`` it returns ``Help`` by the alert's key: names of exercises, the rules,
and what can be done with one click.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from clinic.models import Practice
from clinic.said_once import ANY_KEYS, ANY_MOMENT, ANY_NUMBER, ANY_WORDS, SaidOnce
from patients.inbox import words as alert_words
from patients.inbox.attention import AttentionRank
from patients.inbox.card import Help, InboxCard, InboxEntry
from patients.models import Alert, Case
from patients.models.alert import AlertQuerySet

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
    cases, names = list({case for case, _, _ in wanted}), list({card for _, card, _ in wanted})
    if show is Show.OPEN:
        found: Any = _OPEN.objects(practice.pk, timezone.now(), cases, names)
    else:
        found = _part(_on_cards(alerts_of(practice), cases, names), show).order_by(*_READING)
    by_key: dict[Any, list[Alert]] = {key: [] for key in wanted}
    for alert in found:
        done = alert.acknowledged_at if show is Show.DONE else None
        if (key := (alert.case_id, alert.card, done)) in by_key:
            by_key[key].append(alert)
    everything = [alert for rows in by_key.values() for alert in rows]
    told = {entry.alert.pk: entry for entry in entries(practice, everything)}
    return [InboxCard([told[alert.pk] for alert in rows]) for rows in by_key.values() if rows]


def _on_cards(alerts: Any, cases: list[Any], names: list[Any]) -> Any:
    return alerts.with_card().filter(case__any_of=cases, card__any_of=names)


def _part(alerts: Any, show: Show) -> Any:
    return alerts.exclude(acknowledged_at=None) if show is Show.DONE else alerts.put_off()


def _open(
    practice: int, now: dt.datetime, cases: list[Any], names: list[Any]
) -> QuerySet[Any, Any]:
    """What waits on these cards. Nobody has acknowledged it, so nobody's name is read."""
    waiting: Any = Alert.objects.filter(practice=practice).waiting(now).order_by(*_READING)
    return _on_cards(waiting.select_related("case__patient"), cases, names)


_OPEN: Final = SaidOnce(_open, ANY_NUMBER, ANY_MOMENT, ANY_KEYS, ANY_WORDS)


def card_of(practice: Practice, alert: Alert) -> InboxCard:
    """The card on which an alert stands, with what stands there with it."""
    rows = alerts_of(practice).beside(alert).standing_with(alert).order_by(*_READING)
    return InboxCard(entries(practice, list(rows)))


def urgent(practice: Practice, case: Case | None = None) -> list[InboxCard]:
    """What stands on top of pages until it is acknowledged: cards with an alert of today.

    On the page of a case, its own.
    """
    now = timezone.now()
    said = _URGENT.rows(practice.pk, now) if case is None else _urgent(practice.pk, now, case)
    keys = [{"case_id": of_case, "card": card} for of_case, card, *_ in said]
    return cards(practice, keys, Show.OPEN)


def _urgent(practice: int, now: dt.datetime, case: Case | None = None) -> QuerySet[Any, Any]:
    keys: Any = Alert.objects.filter(practice=practice).with_card().waiting(now).order_by()
    keys = keys.filter(kind=Alert.ALERT, rank__lte=AttentionRank.SAME_DAY)
    if case is not None:
        keys = keys.filter(case=case)
    found: QuerySet[Any, Any] = _dated(keys.values_list("case_id", "card")).order_by(*_ORDER)
    return found[: MOST_ON_TOP + 1]


_URGENT: Final = SaidOnce(_urgent, ANY_NUMBER, ANY_MOMENT)


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
