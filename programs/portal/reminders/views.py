"""The patient turns reminders on, changes them and turns them off."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.http import require_get_or_post
from programs.portal import published
from programs.portal.context import page_context
from programs.portal.door.decorators import PatientRequest, closed_door, remembered, with_player
from programs.portal.reminders import page as reminder_page
from programs.portal.reminders.forms import CalendarForm, EmailForm, masked
from programs.portal.session.log_views import page_state
from programs.prescriptions.models import IssuedPrescription
from programs.reminders import confirmation
from programs.reminders.actions import (
    ask_for_reminder,
    keep_calendar,
    needs_confirming,
    restart_reminder,
    stop_calendar,
    stop_reminder,
)
from programs.reminders.mail import can_mail
from programs.reminders.models import CalendarFeed, Reminder

CALENDAR_TYPE: Final = "text/calendar; charset=utf-8"


@with_player
@remembered
@require_get_or_post
def portal_reminders(request: PatientRequest) -> HttpResponse:
    """What is on, and the two forms. A post says in ``do`` which of the buttons it was."""
    issued = published.latest_issued(request.device.access, light=True)
    if issued is None:
        return closed_door(request)
    page = _Showing(request, issued)
    if request.method == "POST":
        return page.post(request.POST.get("do", ""))
    return page.show()


@remembered
@require_safe
def portal_calendar_copy(request: PatientRequest) -> HttpResponse:
    """The calendar as a file to keep."""
    _, feed = reminder_page.of_link(request.device.access)
    if feed is None or not feed.is_on:
        return redirect("portal_reminders", request.device.pk)
    return HttpResponse(
        reminder_page.calendar(feed, copy=True),
        content_type=CALENDAR_TYPE,
        headers={"Content-Disposition": 'attachment; filename="home.ics"'},
    )


class _Showing:
    """One showing of the page: its rows, its forms, and what each button does."""

    def __init__(self, request: PatientRequest, issued: IssuedPrescription) -> None:
        self.request = request
        self.issued = issued
        self.link = request.device.access
        self.reminder, self.feed = reminder_page.of_link(self.link)
        self.suited = reminder_page.suited(published.sheet(issued).prescription)
        self.email_form = self._email_form()
        self.calendar_form = self._calendar_form()

    def _email_form(self, data: Any = None) -> EmailForm:
        return EmailForm(
            data,
            reminder=self.reminder,
            on_record=self.request.case.patient.email,
            suggested=list(self.suited.days),
        )

    def _calendar_form(self, data: Any = None) -> CalendarForm:
        return CalendarForm(data, feed=self.feed, days=self.suited.days, times=self.suited.times)

    def post(self, do: str) -> HttpResponse:
        """Do what the button said; a name that no button has changes nothing."""
        buttons = {
            "email": self._save_email,
            "again": self._send_again,
            "email_on": self._email_on,
            "email_off": self._email_off,
            "calendar": self._save_calendar,
            "calendar_off": self._calendar_off,
        }
        return buttons.get(do, self._back)()

    def _save_email(self) -> HttpResponse:
        form = self.email_form = self._email_form(self.request.POST)
        if not can_mail() or not form.is_valid():
            return self.show()
        given = form.cleaned_data
        asks = needs_confirming(self.link, given["email"])
        if asks and (until := confirmation.wait_until(self.link, given["email"])):
            form.add_error(None, _too_many(until))
            return self.show()
        reminder = ask_for_reminder(
            access=self.link, email=given["email"], at=given["at"], days=given["days"]
        )
        return self._mail(reminder) if asks else self._back()

    def _send_again(self) -> HttpResponse:
        reminder = self.reminder
        if reminder is None or not reminder.is_waiting or not can_mail():
            return self._back()
        if until := confirmation.wait_until(self.link, reminder.email):
            return self.show(letter_error=_too_many(until))
        again = ask_for_reminder(
            access=self.link, email=reminder.email, at=reminder.at, days=reminder.days
        )
        return self._mail(again)

    def _mail(self, reminder: Reminder) -> HttpResponse:
        if confirmation.send_confirmation(reminder):
            return self._back()
        self.reminder = reminder
        return self.show(letter_error="The e-mail did not go out. Please try again in a while.")

    def _email_on(self) -> HttpResponse:
        if self.reminder is not None:
            restart_reminder(reminder=self.reminder)
        return self._back()

    def _email_off(self) -> HttpResponse:
        if self.reminder is not None:
            stop_reminder(reminder=self.reminder)
        return self._back()

    def _save_calendar(self) -> HttpResponse:
        form = self.calendar_form = self._calendar_form(self.request.POST)
        if not form.is_valid():
            return self.show()
        given = form.cleaned_data
        keep_calendar(access=self.link, times=given["times"], days=given["days"])
        return self._back()

    def _calendar_off(self) -> HttpResponse:
        stop_calendar(access=self.link)
        return self._back()

    def _back(self) -> HttpResponse:
        return redirect("portal_reminders", self.request.device.pk)

    def show(self, *, letter_error: str = "") -> HttpResponse:
        """The page as it stands, with what was typed and what was wrong with it."""
        context = page_context(self.request, self.issued) | {
            "practice": self.request.case.practice,
            "place": reminder_page.place_of(self.request.case.practice),
            "reminder": self.reminder,
            "masked": masked(self.reminder.email) if self.reminder else "",
            "email_form": self.email_form,
            "can_mail": can_mail(),
            "letter_error": letter_error,
            "calendar_form": self.calendar_form,
            "state": page_state(self.request)["state"],
            **_addresses(self.feed),
        }
        return render(self.request, "programs/portal/reminders/portal_reminders.html", context)


def _addresses(feed: CalendarFeed | None) -> dict[str, Any]:
    if feed is None or not feed.is_on:
        return {"feed": None}
    return {
        "feed": feed,
        "feed_address": reminder_page.feed_address(feed),
        "webcal_address": reminder_page.webcal_address(feed),
    }


def _too_many(until: dt.datetime) -> str:
    minutes = max(1, -(-int((until - timezone.now()).total_seconds()) // 60))
    number, unit = (minutes, "minute") if minutes <= 90 else (-(-minutes // 60), "hour")
    wait = f"{number} {unit}{'' if number == 1 else 's'}"
    return f"That was a lot of e-mails. Please try again in {wait}."
