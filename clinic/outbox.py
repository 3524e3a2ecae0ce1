"""The outbox: letters that wait in rows until they are out or given up.

Each kind of letter has a table, words and waits of its own. How a letter is claimed, tried again
and closed stands here, once for all kinds.

Whoever sends a letter holds the lock of its row meanwhile, and others pass over locked rows: two
workers never send the same letter. That it is out is written down in the transaction that holds
the lock. So a process that dies while it sends leaves the row as it was, and the next takes it.
Only one that dies after the mail server took the letter and before the row says so makes a letter
go out twice, which is the lesser harm.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from clinic import mailing, wall

SENT: Final = "sent"
AGAIN: Final = "again"
"""The mail server did not take this one; the next is tried."""
SERVER: Final = "server"
"""The fault is the mail server's: nothing else is tried in this round."""
ERROR_LENGTH: Final = 80


class Letter(models.Model):
    """What every letter of an outbox carries. ``error`` is a key of ``mailing.FAILURES``."""

    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=ERROR_LENGTH, blank=True)

    class Meta:
        abstract = True


Kind = TypeVar("Kind", bound=Letter)


def _wanted(letter: Letter, now: dt.datetime) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Outbox(Generic[Kind]):
    """One kind of letter.

    ``due``: the practices in which one may be due. ``waiting``: letters that are to be sent, with
    all that their words need. ``message``: the words. ``wait``: how long to the next try after so
    many have failed. ``close``: set on the letter what became of it; ``sent``, or what ``give_up``
    said. ``give_up``: why it is not sent any more, empty where it is.
    """

    due: Callable[[dt.datetime], list[int]]
    waiting: Callable[[], QuerySet[Kind]]
    message: Callable[[Kind], EmailMessage]
    wait: Callable[[int], dt.timedelta]
    close: Callable[[Kind, str, dt.datetime], None]
    give_up: Callable[[Kind, dt.datetime], str] = _wanted

    def send(
        self, now: Callable[[], dt.datetime], stop: Callable[[], bool] = lambda: False
    ) -> Counter[str]:
        """Send what is due, in one practice after the other; how many letters came to which end.

        ``now`` is asked before each letter, since sending takes time. ``stop``: asked between two,
        so that a process that is told to end does so in order.
        """
        counts: Counter[str] = Counter()
        with mailing.server() as mail_server:
            for practice in self._due(now()):
                with wall.within(practice):
                    counts += self._send_all(now, stop, mail_server)
                if SERVER in counts:
                    break
        return counts

    @transaction.atomic
    def _due(self, now: dt.datetime) -> list[int]:
        return self.due(now)

    def _send_all(
        self,
        now: Callable[[], dt.datetime],
        stop: Callable[[], bool],
        mail_server: BaseEmailBackend,
    ) -> Counter[str]:
        """Send what is due in one practice."""
        counts: Counter[str] = Counter()
        while not stop():
            outcome = self._send_next(now(), mail_server)
            if outcome is None:
                break
            counts[outcome] += 1
            if outcome == SERVER:
                break
        return counts

    @transaction.atomic
    def _send_next(self, now: dt.datetime, mail_server: BaseEmailBackend) -> str | None:
        """Send the letter that has been due longest; None where none is due."""
        letter = (
            self.waiting()
            .filter(next_try_at__lte=now)
            .select_for_update(of=("self",), skip_locked=True)
            .order_by("next_try_at", "pk")
            .first()
        )
        if letter is None:
            return None
        outcome = self.give_up(letter, now) or self._try(letter, now, mail_server)
        if outcome not in {AGAIN, SERVER}:
            self.close(letter, outcome, now)
        letter.save()
        return outcome

    def _try(self, letter: Kind, now: dt.datetime, mail_server: BaseEmailBackend) -> str:
        failure = mailing.hand_over(self.message(letter), mail_server)
        letter.error = failure.kind if failure else ""
        letter.attempts += 1
        if failure is None:
            return SENT
        letter.next_try_at = now + self.wait(letter.attempts)
        return SERVER if failure.is_servers else AGAIN
