"""The outbox: letters that wait in rows until they are out or given up.

Each kind of letter has a table, words and waits of its own. How a letter is claimed, tried again
and closed stands here, once for all kinds.

Whoever sends a letter holds the lock of its row meanwhile, and others pass over locked rows: two
workers never send the same letter. That it is out is written down in the transaction that holds
the lock. So a process that dies while it sends leaves the row as it was, and the next takes it.
Only one that dies after the mail server took the letter and before the row says so makes a letter
go out twice, which is the lesser harm; it has the same Message-ID then, by which mail programs know
it for the same.

Clocks are put right now and then. A next try that is further away than any wait was written by a
clock that stood ahead: it is due now.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Final, Generic, TypeVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from clinic import mailing, wall

logger = logging.getLogger(__name__)
SENT: Final = "sent"
AGAIN: Final = "again"
"""The mail server did not take this one; the next is tried."""
SERVER: Final = "server"
"""The fault is the mail server's: nothing else is tried in this round."""
ERROR_LENGTH: Final = 80
_LONGEST_WAIT: Final = dt.timedelta(hours=1)
"""No kind of letter waits longer than this between two tries."""


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

    ``due``: the practices in which one may be due; None where they belong to no practice.
    ``waiting``: letters that are to be sent, with all that their words need. ``message``: the
    words. ``wait``: how long to the next try after so many have failed. ``close``: set on the
    letter what became of it, or remove it; ``sent``, or what ``give_up`` said. ``give_up``: why it
    is not sent any more, empty where it is. ``not_before``: the field that holds the moment before
    which it must not go out, where there is one.
    """

    due: Callable[[dt.datetime], list[int]] | None
    waiting: Callable[[], QuerySet[Kind]]
    message: Callable[[Kind], EmailMessage]
    wait: Callable[[int], dt.timedelta]
    close: Callable[[Kind, str, dt.datetime], None]
    give_up: Callable[[Kind, dt.datetime], str] = _wanted
    not_before: str = ""

    def send(
        self, now: Callable[[], dt.datetime], stop: Callable[[], bool] = lambda: False
    ) -> Counter[str]:
        """Send what is due, in one practice after the other; how many letters came to which end.

        ``now`` is asked before each letter, since sending takes time. ``stop``: asked between two,
        so that a process that is told to end does so in order.
        """
        counts: Counter[str] = Counter()
        with mailing.server() as mail_server:
            if self.due is None:
                return self._send_all(now, stop, mail_server)
            for practice in self._due(now()):
                with wall.within(practice):
                    counts += self._send_all(now, stop, mail_server)
                if SERVER in counts:
                    break
        return counts

    @transaction.atomic
    def _due(self, now: dt.datetime) -> list[int]:
        return self.due(now) if self.due is not None else []

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
            .filter(self._is_due(now))
            .select_for_update(of=("self",), skip_locked=True)
            .order_by("next_try_at", "pk")
            .first()
        )
        if letter is None:
            return None
        outcome = self.give_up(letter, now) or self._try(letter, now, mail_server)
        if outcome not in {AGAIN, SERVER}:
            self.close(letter, outcome, now)
        if letter.pk is not None:
            letter.save()
        return outcome

    def _is_due(self, now: dt.datetime) -> Q:
        is_due = Q(next_try_at__lte=now) | Q(next_try_at__gt=now + _LONGEST_WAIT)
        return is_due & Q(**{f"{self.not_before}__lte": now}) if self.not_before else is_due

    def _try(self, letter: Kind, now: dt.datetime, mail_server: BaseEmailBackend) -> str:
        failure = mailing.hand_over(self.message(letter), mail_server)
        letter.error = failure.kind if failure else ""
        letter.attempts += 1
        if failure is None:
            return SENT
        letter.next_try_at = now + self.wait(letter.attempts)
        return SERVER if failure.is_servers else AGAIN


_beside: Final[dict[str, Lock]] = {}


def send_beside(work: Callable[[], object], name: str) -> None:
    """Do it once this transaction is done, in a thread of that name: nobody waits for it.

    One at a time of each name. What comes while a mail server is slow is left to the next round of
    ``manage.py run_due``.
    """
    lock = _beside.setdefault(name, Lock())

    def try_it() -> None:
        if not lock.acquire(blocking=False):
            return
        try:
            work()
        except DatabaseError as error:
            logger.warning("Not sent now, tried again later: %s (%s)", name, type(error).__name__)
        finally:
            connection.close()
            lock.release()

    transaction.on_commit(lambda: Thread(target=try_it, name=name).start())
