"""The calendar that reminds a patient (RFC 5545): when to open the program, and nothing else.

The events repeat by the practice's clock, so that they stay at nine in the morning when the clocks
change. The zone's changes are written out one by one for the time the calendar covers: the
library's own table of a zone gives the hour after a change to summer time where the standard asks
for the hour before it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vRecur,
)

from patients.identity.regions import region_of
from programs.prescriptions.spelling import program_word
from programs.reminders.plan import moment

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SHORTEST, LONGEST = 10, 60
"""Minutes that an event takes up, at least and at most."""
REFRESH: Final = dt.timedelta(hours=6)
_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Times:
    """What a calendar says. ``secret`` names its events; only a digest of it is written.

    ``starts``: the first day. ``until``: the moment after which there is nothing more.
    ``minutes``: how long one round takes.
    """

    secret: str
    link: str
    times: Sequence[dt.time]
    days: Collection[int]
    zone: ZoneInfo
    starts: dt.date
    until: dt.datetime
    minutes: int
    changed_at: dt.datetime


def calendar_bytes(times: Times) -> bytes:
    """The calendar as a file; the same times give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Homeward//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    title = f"Your home {program_word(region_of(times.zone.key))}"
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add_component(_zone(times))
    for event in _events(times, title):
        calendar.add_component(event)
    return calendar.to_ical()


def _events(times: Times, title: str) -> Iterator[Event]:
    name = hashlib.sha256(f"calendar:{times.secret}".encode()).hexdigest()[:32]
    first = next(
        day for day in (times.starts + n * _DAY for n in range(7)) if day.weekday() in times.days
    )
    for number, at in enumerate(times.times):
        if moment(first, at, times.zone) > times.until:
            continue
        event = Event()
        event.add("uid", f"{name}-{number}")
        event.add("dtstamp", times.changed_at.astimezone(dt.UTC).replace(microsecond=0))
        event.add("dtstart", dt.datetime.combine(first, at, tzinfo=times.zone))
        event.add("duration", _length(times.minutes))
        event.add("rrule", _every_week(times))
        event.add("summary", title)
        event.add("description", times.link)
        event.add("url", times.link)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        event.add_component(_bell(title))
        yield event


def _every_week(times: Times) -> vRecur:
    days = [_WEEKDAYS[day] for day in sorted(times.days)]
    until = times.until.astimezone(dt.UTC).replace(microsecond=0)
    return vRecur(freq="WEEKLY", wkst="MO", byday=days, until=until)


def _length(minutes: int) -> dt.timedelta:
    """Rounded up to five minutes."""
    return dt.timedelta(minutes=min(LONGEST, max(SHORTEST, -(-minutes // 5) * 5)))


def _bell(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", dt.timedelta())
    return alarm


# --- The time zone --------------------------------------------------------------------------------


def _zone(times: Times) -> Timezone:
    """The zone with every change of its clock in the calendar's time, and the offset before."""
    zone = times.zone
    start = moment(times.starts, dt.time(), zone) - _DAY
    end = max(times.until, start + 8 * _DAY) + _DAY
    table = Timezone()
    table.add("tzid", zone.key)
    table.add_component(_onset(start, start, zone))
    for change in _changes(start, end, zone):
        table.add_component(_onset(change, change - dt.timedelta(seconds=1), zone))
    return table


def _onset(
    at: dt.datetime, before: dt.datetime, zone: ZoneInfo
) -> TimezoneStandard | TimezoneDaylight:
    """What holds from ``at``; its start is told by the clock as it was until then."""
    old, new = before.astimezone(zone), at.astimezone(zone)
    part = TimezoneDaylight() if new.dst() else TimezoneStandard()
    offset = old.utcoffset() or dt.timedelta()
    part.add("dtstart", (at + offset).replace(tzinfo=None))
    part.add("tzoffsetfrom", offset)
    part.add("tzoffsetto", new.utcoffset() or dt.timedelta())
    part.add("tzname", new.tzname() or zone.key)
    return part


def _changes(start: dt.datetime, end: dt.datetime, zone: ZoneInfo) -> Iterator[dt.datetime]:
    """Every moment at which the zone's offset changes, found by halving the days it changes on."""
    low = start
    while low < end:
        high = low + _DAY
        if _offset(low, zone) != _offset(high, zone):
            yield _change_between(low, high, zone)
        low = high


def _change_between(low: dt.datetime, high: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    old = _offset(low, zone)
    while high - low > dt.timedelta(seconds=1):
        middle = low + dt.timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (middle, high) if _offset(middle, zone) == old else (low, middle)
    return high


def _offset(at: dt.datetime, zone: ZoneInfo) -> dt.timedelta | None:
    return at.astimezone(zone).utcoffset()
