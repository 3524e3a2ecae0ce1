"""The inbox, and what is done with an alert."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from clinic.formats import day_words
from clinic.http import PracticeRequest, asked_back, posted_from
from clinic.paging import page_of
from clinic.permissions import Action, allows, requires
from patients.inbox import actions as inbox_actions
from patients.inbox import mail as alert_mail
from patients.inbox.entries import InboxEntry, Show, alerts_of, entries, shown
from patients.inbox.forms import NoteForm, SnoozeForm
from patients.models import Alert

_PAGE_SIZE = 20


def alert_page(request: PracticeRequest, alert_id: int) -> str:
    """Where the buttons of an alert stand: the page in ``next``, else the inbox."""
    get_object_or_404(alerts_of(request.practice), pk=alert_id)
    return back(request)


@require_GET
@requires(Action.TREAT)
def inbox(request: PracticeRequest) -> HttpResponse:
    """Alerts and reviews by urgency: open ones, those put off, those done."""
    wanted = request.GET.get("show", "")
    show = Show(wanted) if wanted in list(Show) else Show.OPEN
    page = page_of(request, shown(request.practice, show), size=_PAGE_SIZE)
    context = {
        "page": page,
        "entries": entries(request.practice, list(page)),
        "show": show,
        "filters": list(Show),
        "mail": alert_mail.state(request.practice),
        "can_manage": allows(request.membership, Action.MANAGE_PRACTICE),
        "next": request.get_full_path(),
    }
    return render(request, "patients/inbox/inbox.html", context)


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def alert_acknowledge(request: PracticeRequest, alert_id: int) -> HttpResponse:
    """Say, with a note, that somebody has seen to it."""
    entry = entry_or_404(request, alert_id)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and not entry.alert.is_open:
        return told(request, entry.alert)
    if form.is_valid():
        try:
            done = inbox_actions.acknowledge(
                alert=entry.alert,
                actor=request.user,
                note=form.cleaned_data["note"],
                seen=request.POST.get("seen"),
            )
        except inbox_actions.NotNow as reason:
            form.add_error(None, str(reason))
            entry = entry_or_404(request, alert_id)
        else:
            if not done.mine:
                return told(request, done.alert)
            messages.success(request, f"Acknowledged: {entry.title}. Your note is in the record.")
            return redirect(back(request))
    context = {"entry": entry, "form": form, "next": back(request)}
    return render(request, "patients/inbox/alert_acknowledge.html", context)


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def alert_snooze(request: PracticeRequest, alert_id: int) -> HttpResponse:
    """Put it off until a day, with a reason."""
    entry = entry_or_404(request, alert_id)
    form = SnoozeForm(request.POST or None, practice=request.practice)
    if not entry.alert.is_open:
        return told(request, entry.alert)
    if entry.is_emergency:
        messages.error(request, "An emergency cannot be snoozed. Acknowledge it with a note.")
        return redirect(back(request))
    if form.is_valid():
        try:
            inbox_actions.snooze(
                alert=entry.alert,
                actor=request.user,
                until=form.moment(),
                reason=form.cleaned_data["reason"],
            )
        except inbox_actions.NotNow as reason:
            messages.error(request, str(reason))
        else:
            day = day_words(form.cleaned_data["until"])
            messages.success(request, f"{entry.title}: comes back on {day}.")
        return redirect(back(request))
    context = {"entry": entry, "form": form, "next": back(request)}
    return render(request, "patients/inbox/alert_snooze.html", context)


@requires(Action.TREAT)
@posted_from(alert_page)
def alert_wake(request: PracticeRequest, alert_id: int) -> HttpResponseRedirect:
    """Bring back what was put off."""
    found = get_object_or_404(alerts_of(request.practice), pk=alert_id)
    inbox_actions.wake(alert=found, actor=request.user)
    messages.success(request, "It is back among the open ones.")
    return redirect(back(request))


def entry_or_404(request: PracticeRequest, alert_id: int) -> InboxEntry:
    """An alert of this practice, with its words."""
    found = get_object_or_404(alerts_of(request.practice), pk=alert_id)
    return entries(request.practice, [found])[0]


def told(request: PracticeRequest, alert: Alert) -> HttpResponseRedirect:
    """Somebody was quicker: who, and what they wrote."""
    if alert.acknowledged_by == request.user:
        messages.info(request, "You have acknowledged this already.")
    else:
        messages.info(request, f"{alert.acknowledged_by} has acknowledged this: {alert.note}")
    return redirect(back(request))


def back(request: PracticeRequest) -> str:
    """The address in ``next``, where it is one of this site; else the inbox."""
    return asked_back(request) or reverse("inbox")
