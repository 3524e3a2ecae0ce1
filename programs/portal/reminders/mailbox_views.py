"""What is reached from an e-mail or a calendar, by a secret in the address and without a door.

Looking is never enough to change something: mail scanners look at every link, and some look with a
whole browser that says of itself all that a person's says. Whoever looks sees one button, and one
press does it. A mail program's own "stop" posts (RFC 8058).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from clinic.http import require_get_or_post
from programs.portal.door.decorators import closed_door, patient_page
from programs.portal.reminders import page as reminder_page
from programs.portal.reminders.views import CALENDAR_TYPE
from programs.reminders.actions import (
    can_confirm,
    confirm_reminder,
    restart_reminder,
    stop_reminder,
)
from programs.reminders.mail import public
from programs.reminders.models import Reminder


@csrf_exempt
@patient_page
@require_get_or_post
def portal_reminder_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the e-mails. A mail program posts here without our form, hence no form token."""
    reminder = reminder_page.by_stop_token(token)
    if reminder is None:
        return closed_door(request)
    if request.method == "POST":
        stop_reminder(reminder=reminder)
    return _said(request, reminder, "programs/portal/reminders/portal_reminder_stop.html")


@patient_page
@require_get_or_post
def portal_reminder_start(request: HttpRequest, token: str) -> HttpResponse:
    """Turn on again what was just stopped; looked at, it says so, or goes back to the button."""
    reminder = reminder_page.by_stop_token(token)
    if reminder is None or not reminder_page.is_open(reminder.access):
        return closed_door(request)
    if request.method == "POST":
        restart_reminder(reminder=reminder)
        return redirect("portal_reminder_start", token)
    if not reminder.is_on:
        return redirect("portal_reminder_stop", token)
    return _said(request, reminder, "programs/portal/reminders/portal_reminder_start.html")


@patient_page
@require_get_or_post
def portal_reminder_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the address: one button, since a scanner's look must not say yes for anybody."""
    reminder = reminder_page.by_confirm_token(token)
    if reminder is None:
        return closed_door(request)
    if request.method == "POST":
        confirm_reminder(reminder=reminder)
    return _said(request, reminder, "programs/portal/reminders/portal_reminder_confirm.html")


@patient_page
@require_safe
def portal_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, for a calendar program that asks again and again."""
    feed = reminder_page.feed_by_token(token)
    if feed is None:
        return closed_door(request)
    return HttpResponse(reminder_page.calendar(feed), content_type=CALENDAR_TYPE)


def _said(request: HttpRequest, reminder: Reminder, template: str) -> HttpResponse:
    reminder.refresh_from_db()
    context = {
        "reminder": reminder,
        "practice": reminder.access.case.practice,
        "place": reminder_page.place_of(reminder.access.case.practice),
        "door": public("portal_door", reminder.access.token),
        "is_open": reminder_page.is_open(reminder.access),
        "can_confirm": can_confirm(reminder, timezone.now()),
    }
    return render(request, template, context)
