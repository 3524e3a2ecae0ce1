"""The inbox, and what is done with an alert."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic.formats import day_words
from clinic.http import PracticeRequest, asked_back, posted_from
from clinic.paging import page_of
from clinic.permissions import Action, allows, requires
from clinic.stretches import Stretch
from patients.inbox import actions as inbox_actions
from patients.inbox import mail as alert_mail
from patients.inbox.card import InboxCard
from patients.inbox.done import done_of
from patients.inbox.entries import Show, alerts_of, card_of, cards, remember_count, shown
from patients.inbox.forms import NoteForm, SeveralForm, SnoozeForm
from patients.inbox.grouped import by_patient
from patients.models import Alert

_PAGE_SIZE = 20


def alert_page(request: PracticeRequest, alert_id: int) -> str:
    """Where the buttons of an alert stand: the page in ``next``, else the inbox."""
    get_object_or_404(alerts_of(request.practice), pk=alert_id)
    return back(request)


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def inbox(request: PracticeRequest) -> HttpResponse:
    """Alerts and reviews by urgency: open ones, those put off, those done.

    Several open ones are acknowledged at once, with one note.
    """
    wanted = request.GET.get("show", "")
    show = Show(wanted) if wanted in list(Show) else Show.OPEN
    page: Page[Any] | Stretch = (
        done_of(request, request.practice, size=_PAGE_SIZE)
        if show is Show.DONE
        else page_of(request, shown(request.practice, show), size=_PAGE_SIZE)
    )
    found = cards(request.practice, page, show)
    form = SeveralForm(request.POST or None, cards=[c for c in found if not c.is_emergency])
    if request.method == "POST" and show is not Show.DONE and form.is_valid():
        try:
            return _acknowledged(request, form, found)
        except inbox_actions.NotNow as reason:
            form.add_error(None, str(reason))
    if form.is_bound and _done_before(request, form):
        messages.info(request, "You have acknowledged this already.")
        return redirect(request.get_full_path())
    if isinstance(page, Page) and show is Show.OPEN:
        remember_count(request, page.paginator.count)
    may_choose = allows(request.membership, Action.TREAT) and show is not Show.DONE
    context = {
        "page": page,
        "cards": found,
        "several": may_choose and (form.may_choose or form.is_bound),
        "groups": by_patient(found),
        "form": form,
        "show": show,
        "filters": list(Show),
        "mail": alert_mail.state(request.practice),
        "can_manage": allows(request.membership, Action.MANAGE_PRACTICE),
        "next": request.get_full_path(),
    }
    return render(request, "patients/inbox/inbox.html", context)


def _done_before(request: PracticeRequest, form: SeveralForm) -> bool:
    """Whether this was sent twice: all that is chosen has this member's own note already."""
    keys = [int(key) for key in form.picked if key.isascii() and key.isdecimal() and len(key) < 18]
    rows = list(alerts_of(request.practice).filter(pk__in=keys)) if keys else []
    mine = (request.user, form.data.get("note", "").strip())
    return bool(rows) and all((row.acknowledged_by, row.note) == mine for row in rows)


def _acknowledged(
    request: PracticeRequest, form: SeveralForm, found: list[InboxCard]
) -> HttpResponseRedirect:
    """Several at once; who was quicker with one of them is told."""
    alerts = {str(card.alert.pk): card.alert for card in found}
    chosen = [
        (alerts[key], request.POST.get(f"seen-{key}", "")) for key in form.cleaned_data["card"]
    ]
    note = form.cleaned_data["note"]
    done = inbox_actions.acknowledge_cards(chosen=chosen, actor=request.user, note=note)
    mine = sum(one.mine for one in done)
    messages.success(request, f"Acknowledged: {mine}. Your note is in the record of each.")
    return redirect(request.get_full_path())


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def alert_acknowledge(request: PracticeRequest, alert_id: int) -> HttpResponse:
    """Say, with a note, that somebody has seen to what stands on this card."""
    card = card_or_404(request, alert_id)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and not card.alert.is_open:
        return told(request, card.alert)
    if form.is_valid():
        try:
            done = inbox_actions.acknowledge_card(
                alert=card.alert,
                actor=request.user,
                note=form.cleaned_data["note"],
                seen=request.POST.get("seen"),
            )
        except inbox_actions.NotNow as reason:
            form.add_error(None, str(reason))
            card = card_or_404(request, alert_id)
        else:
            if not done.mine:
                return told(request, done.alert)
            messages.success(request, f"Acknowledged: {card.title}. Your note is in the record.")
            return redirect(back(request))
    context = {"card": card, "form": form, "next": back(request)}
    return render(request, "patients/inbox/alert_acknowledge.html", context)


@requires(Action.TREAT)
@posted_from(alert_page)
def alert_put_away(request: PracticeRequest, alert_id: int) -> HttpResponseRedirect:
    """Put away, in one press, what no longer holds."""
    found = get_object_or_404(alerts_of(request.practice), pk=alert_id)
    try:
        done = inbox_actions.put_away(alert=found, actor=request.user)
    except inbox_actions.NotNow as reason:
        messages.error(request, str(reason))
        return redirect(back(request))
    if not done.mine:
        return told(request, done.alert)
    messages.success(request, "Put away. It stays among the done ones.")
    return redirect(back(request))


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def alert_snooze(request: PracticeRequest, alert_id: int) -> HttpResponse:
    """Put it off until a day, with a reason."""
    card = card_or_404(request, alert_id)
    form = SnoozeForm(request.POST or None, practice=request.practice)
    if not card.alert.is_open:
        return told(request, card.alert)
    if card.is_emergency:
        messages.error(request, "An emergency cannot be snoozed. Acknowledge it with a note.")
        return redirect(back(request))
    if form.is_valid():
        try:
            inbox_actions.snooze(
                alert=card.alert,
                actor=request.user,
                until=form.moment(),
                reason=form.cleaned_data["reason"],
            )
        except inbox_actions.NotNow as reason:
            messages.error(request, str(reason))
        else:
            day = day_words(form.cleaned_data["until"])
            messages.success(request, f"{card.title}: comes back on {day}.")
        return redirect(back(request))
    context = {"card": card, "form": form, "next": back(request)}
    return render(request, "patients/inbox/alert_snooze.html", context)


@requires(Action.TREAT)
@posted_from(alert_page)
def alert_wake(request: PracticeRequest, alert_id: int) -> HttpResponseRedirect:
    """Bring back what was put off."""
    found = get_object_or_404(alerts_of(request.practice), pk=alert_id)
    inbox_actions.wake(alert=found, actor=request.user)
    messages.success(request, "It is back among the open ones.")
    return redirect(back(request))


def card_or_404(request: PracticeRequest, alert_id: int) -> InboxCard:
    """The card of an alert of this practice, with its words."""
    found = get_object_or_404(alerts_of(request.practice), pk=alert_id)
    return card_of(request.practice, found)


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
