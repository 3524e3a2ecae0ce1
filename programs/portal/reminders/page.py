"""What the pages about reminders need to know: the rows behind a token, times that suit, words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from clinic.models import Practice
from clinic.models.secret import token_hash
from clinic.wall import passages
from patients.models import Case, CaseResponse
from patients.response import Outcome
from programs.access.models import PatientAccess
from programs.portal import published
from programs.portal.door import opening
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.prescription import Prescription
from programs.reminders import calendar as calendar_file
from programs.reminders.mail import public
from programs.reminders.models import CalendarFeed, Reminder, open_programs
from programs.reminders.plan import suggested_days, suggested_times

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
COPY_LASTS: Final = dt.timedelta(weeks=12)
"""How far a calendar file reaches that nobody updates any more."""


def by_stop_token(token: str) -> Reminder | None:
    """The reminder that this secret stops, whatever became of its link."""
    return _reminder("stop_token_hash", _hash(token))


def by_confirm_token(token: str) -> Reminder | None:
    """The reminder that this secret confirms, while its link opens a door."""
    found = _reminder("confirm_token_hash", _hash(token))
    return found if found and opening.doors().filter(pk=found.access_id).exists() else None


def feed_by_token(token: str) -> CalendarFeed | None:
    """The calendar at this address, while it is on and its link opens a door."""
    found = _hash(token)
    opening.open_case(passages.case_of_calendar(found))
    return (
        CalendarFeed.objects.filter(token_hash=found, stopped_at=None, access__in=opening.doors())
        .select_related("access__case__practice")
        .first()
    )


def _reminder(field: str, found: str) -> Reminder | None:
    opening.open_case(passages.case_of_letter(found))
    return (
        Reminder.objects.filter(**{field: found})
        .select_related("access__case__practice", "access__case__patient")
        .first()
    )


def _hash(token: str) -> str:
    return token_hash(token if _TOKEN.fullmatch(token) else "")


def of_link(link: PatientAccess) -> tuple[Reminder | None, CalendarFeed | None]:
    """What this link has, on or off."""
    return (
        Reminder.objects.filter(access=link).first(),
        CalendarFeed.objects.filter(access=link).first(),
    )


def is_open(link: PatientAccess) -> bool:
    """Whether reminders go out for this link now."""
    return open_programs().filter(pk=link.pk).exists()


# --- When ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suited:
    """Days and times that suit a program, and the minutes of one round."""

    days: tuple[int, ...]
    times: tuple[dt.time, ...]
    minutes: int


def suited(prescription: Prescription) -> Suited:
    """As often as the most frequent of its exercises, at the lower end of each range."""
    doses = [item.dosage for item in prescription.items]
    a_week = max((d.days_per_week.low for d in doses if d.days_per_week), default=None)
    times = suggested_times(max((d.times_per_day.low for d in doses if d.times_per_day), default=1))
    return Suited(suggested_days(a_week), times, prescription.minutes_per_day // len(times))


def last_day(prescription: Prescription) -> dt.date | None:
    """The day the whole program is over, where every dose says for how many weeks it is."""
    doses = [item.dosage for item in prescription.items if item.dose_words]
    weeks = [dose.weeks.high for dose in doses if dose.weeks]
    if not weeks or len(weeks) < len(doses):
        return None
    return prescription.issued_on + dt.timedelta(weeks=max(weeks))


def ends_at(link: PatientAccess, issued: IssuedPrescription) -> dt.datetime:
    """When a calendar of this link ends: with the program, the case, the link, or at a stop."""
    case = link.case
    stops = case.answers.open_stops().values_list("answered_at", flat=True)
    ends = [link.expires_at, issued.program.ended_at, case.closed_at, *stops]
    ends.append(_asked_for_help_at(case))
    if day := last_day(published.sheet(issued).prescription):
        ends.append(dt.datetime.combine(day, dt.time(23, 59, 59), tzinfo=case.practice.zone))
    return min(end for end in ends if end is not None)


def _asked_for_help_at(case: Case) -> dt.datetime | None:
    """When the answer to what the patient reported was last to get help; None where it is not."""
    answer = CaseResponse.objects.filter(case=case, outcome=Outcome.GET_HELP.value).first()
    return answer.computed_at if answer else None


def calendar(feed: CalendarFeed, *, copy: bool = False) -> bytes:
    """The file of a calendar. A ``copy`` is never updated, and so ends after twelve weeks."""
    link = feed.access
    issued = published.latest_issued(link)
    if issued is None:
        raise ValueError("a calendar is only asked for where something was issued")
    zone = link.case.practice.zone
    until = ends_at(link, issued)
    return calendar_file.calendar_bytes(
        calendar_file.Times(
            secret=feed.token,
            link=public("portal_door", link.token),
            times=feed.times,
            days=feed.days,
            zone=zone,
            starts=feed.changed_at.astimezone(zone).date(),
            until=min(until, timezone.now() + COPY_LASTS) if copy else until,
            minutes=suited(published.sheet(issued).prescription).minutes,
            changed_at=feed.changed_at,
        )
    )


def feed_address(feed: CalendarFeed) -> str:
    """The address to subscribe to."""
    return public("portal_calendar", feed.token)


def webcal_address(feed: CalendarFeed) -> str:
    """The same in the form that opens a calendar program."""
    return "webcal" + feed_address(feed).removeprefix("https").removeprefix("http")


def place_of(practice: Practice) -> str:
    """The town that names the practice's time zone: ``London``."""
    return practice.time_zone.rpartition("/")[2].replace("_", " ")
