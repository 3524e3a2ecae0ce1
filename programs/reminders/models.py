"""Reminders that a patient asked for: an e-mail, a calendar, and what was sent.

All of it hangs on the patient's link and not on the case: a link that is closed or renewed, perhaps
because it was in the wrong hands, takes its reminders with it.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from clinic.models.owned import InheritedPractice
from clinic.models.secret import SealedText, SecretHash
from clinic.outbox import Letter
from patients.models import ScreenAnswer
from patients.response import Outcome
from programs.access.models import PatientAccess, new_token
from programs.prescriptions.models import IssuedPrescription
from programs.reminders.plan import Plan, days_words

WEEK: Final = [0, 1, 2, 3, 4, 5, 6]


def open_programs(now: dt.datetime | None = None) -> models.QuerySet[PatientAccess]:
    """Links that lead to a program which is to be done now.

    Neither revoked nor expired, the patient not archived, the case neither closed nor stopped by a
    warning sign or a report that asks for help, and something issued in a program that has not
    ended.
    """
    issued = IssuedPrescription.objects.filter(
        program__case=OuterRef("case"), program__ended_at__isnull=True
    )
    stops = ScreenAnswer.objects.open_stops().filter(case=OuterRef("case"))
    return PatientAccess.objects.filter(
        Exists(issued),
        ~Exists(stops),
        ~Q(case__response__outcome=Outcome.GET_HELP.value),
        revoked_at=None,
        expires_at__gt=now or timezone.now(),
        case__closed_at=None,
        case__patient__archived_at=None,
    )


def _days() -> ArrayField[list[int], list[int]]:
    return ArrayField(models.PositiveSmallIntegerField(), help_text="Monday is 0.")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Sets of reminders by e-mail."""

    def on(self) -> ReminderQuerySet:
        """Asked for, confirmed and not stopped, whatever became of the program."""
        return self.filter(confirmed_at__isnull=False, stopped_at=None)

    def live(self, now: dt.datetime) -> ReminderQuerySet:
        """Those that are on for a program which is to be done now."""
        return self.on().filter(access__in=open_programs(now))


class Reminder(models.Model):
    """A reminder by e-mail, at one time of the day in the practice's time zone.

    It is off until the address is confirmed from a link that was mailed to it. ``since``: the
    moment it was turned on or changed; nothing earlier falls due. ``stop_token``: all that a
    click on "stop" needs; it opens nothing else.
    """

    practice = InheritedPractice(parent="access")
    access = models.OneToOneField(PatientAccess, on_delete=models.PROTECT, related_name="reminder")
    email = models.EmailField()
    at = models.TimeField()
    days = _days()
    created_at = models.DateTimeField(default=timezone.now)
    since = models.DateTimeField(default=timezone.now)
    confirm_token = SealedText(default=new_token)
    confirm_token_hash = SecretHash(of="confirm_token")
    asked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stop_token = SealedText(default=new_token)
    stop_token_hash = SecretHash(of="stop_token")
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "practice"], name="reminder_and_practice"),
            models.CheckConstraint(
                name="reminder_days_known", condition=Q(days__contained_by=WEEK, days__len__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"Reminder of link {self.access_id}"

    @property
    def is_on(self) -> bool:
        """Confirmed and not stopped."""
        return self.confirmed_at is not None and self.stopped_at is None

    @property
    def is_waiting(self) -> bool:
        """Asked for, and the address not confirmed yet."""
        return self.confirmed_at is None and self.stopped_at is None

    @property
    def plan(self) -> Plan:
        """When it is due."""
        return Plan(self.at, frozenset(self.days))

    @property
    def days_words(self) -> str:
        """``every day``, or the days."""
        return days_words(self.days)


class ReminderMail(Letter):
    """The e-mail of one reminder on one day: whether and when it was sent. It holds no address.

    ``day`` is the practice's. One row a day, whoever runs the command and however often.
    """

    WAITING = "waiting"
    SENT = "sent"
    MISSED = "missed"
    FAILED = "failed"
    HELD = "held"
    # To be sent; sent; nobody ran the command in time; never accepted; the program was stopped.

    practice = InheritedPractice(parent="reminder")
    reminder = models.ForeignKey(
        Reminder, on_delete=models.PROTECT, db_index=False, related_name="mails"
    )
    day = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=WAITING)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(state="waiting"), name="reminders_waiting"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reminder", "day", "practice"], name="reminder_once_a_day"
            ),
            models.CheckConstraint(
                name="reminder_mail_state_known",
                condition=Q(state__in=["waiting", "sent", "missed", "failed", "held"]),
            ),
            models.CheckConstraint(
                name="reminder_mail_done_when_not_waiting",
                condition=Q(state="waiting", done_at=None)
                | (~Q(state="waiting") & Q(done_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Reminder {self.reminder_id} of {self.day}: {self.state}"


class ReminderClock(models.Model):
    """Up to when reminders have been planned; its one row is the lock of whoever plans."""

    only = models.BooleanField(default=True, unique=True)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="one_reminder_clock", condition=Q(only=True))
        ]

    def __str__(self) -> str:
        return f"Planned until {self.until}"


class CalendarFeed(models.Model):
    """A calendar with nothing in it but when to open the program.

    Its address is the secret ``token``; stopping closes it for good, and a new one has a new token.
    """

    practice = InheritedPractice(parent="access")
    access = models.OneToOneField(PatientAccess, on_delete=models.PROTECT, related_name="calendar")
    token = SealedText(default=new_token)
    token_hash = SecretHash(of="token")
    times = ArrayField(models.TimeField())
    days = _days()
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="calendar_days_known", condition=Q(days__contained_by=WEEK, days__len__gte=1)
            ),
            models.CheckConstraint(
                name="calendar_has_times", condition=Q(times__len__gte=1, times__len__lte=3)
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar of link {self.access_id}"

    @property
    def is_on(self) -> bool:
        """Not stopped."""
        return self.stopped_at is None

    @property
    def days_words(self) -> str:
        """``every day``, or the days."""
        return days_words(self.days)
