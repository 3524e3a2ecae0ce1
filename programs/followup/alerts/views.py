"""What a clinician does about an alert with one click or a note."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from clinic.http import PracticeRequest, posted_from
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from patients.inbox import actions as inbox_actions
from patients.inbox.entries import alerts_of
from patients.inbox.forms import NoteForm
from patients.inbox.views import alert_page, back, card_or_404, told
from patients.models import Alert
from patients.record.merge import Conflict
from programs.builder.lookup import number_of
from programs.followup.alerts.actions import apply_proposal, clear_sign, reinstate
from programs.followup.alerts.forms import BarriersForm
from programs.followup.alerts.steps import ONE_CLICK, sign_words
from programs.sessions import responses
from programs.sessions.prescribed import items_of, versions_of


@requires(Action.TREAT)
@posted_from(alert_page)
def proposal_apply(request: PracticeRequest, alert_id: int) -> HttpResponseRedirect:
    """Carry out a proposal; what opens a draft leads to it."""
    found = get_object_or_404(alerts_of(request.practice), pk=alert_id)
    if found.code not in ONE_CLICK or found.kind != Alert.REVIEW:
        raise Http404
    revision = number_of(request.POST.get("revision", ""))
    try:
        done = apply_proposal(alert=found, actor=request.user, revision=revision)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(back(request))
    except Conflict as conflict:
        who = " and ".join(sorted({row.who for row in conflict.others})) or "Somebody"
        messages.error(request, f"{who} changed the direction meanwhile. Look at the case first.")
        return redirect(found.case)
    if done.by is not None:
        found.refresh_from_db()
        return told(request, found)
    messages.success(request, done.said)
    if done.program is not None:
        messages.info(request, "This is a draft. The patient has it when you issue it.")
        return redirect("program", done.program.pk)
    return redirect(back(request))


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def barriers_note(request: PracticeRequest, alert_id: int) -> HttpResponse:
    """Note what gets in the patient's way."""
    found = get_object_or_404(alerts_of(request.practice), pk=alert_id)
    if found.code != "ask_barriers":
        raise Http404
    if not found.is_open:
        return told(request, found)
    form = BarriersForm(request.POST or None)
    if form.is_valid():
        done = inbox_actions.acknowledge(alert=found, actor=request.user, note=form.as_note())
        if not done.mine:
            return told(request, done.alert)
        messages.success(request, "Your note is in the record.")
        return redirect(back(request))
    card = card_or_404(request, alert_id)
    context = {"card": card, "form": form, "next": back(request)}
    return render(request, "programs/followup/alerts/barriers_note.html", context)


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def sign_clear(request: PracticeRequest, case_id: UUID, code: str) -> HttpResponse:
    """Say, with a note, that a nerve sign, both legs or a sign to review has been looked into."""
    case = get_object_or_404(request.practice.cases.select_related("patient"), pk=case_id)
    words = sign_words(code)
    if not words:
        raise Http404
    form = NoteForm(request.POST or None, label="What was done, and why exercise is safe")
    if form.is_valid():
        note = form.cleaned_data["note"]
        if clear_sign(case=case, actor=request.user, code=code, note=note):
            messages.success(request, "Cleared. The patient’s page follows your word.")
        else:
            messages.info(request, "Nothing of this stands any more.")
        return redirect(_back(request, case.get_absolute_url()))
    home = _back(request, case.get_absolute_url())
    context = {"case": case, "form": form, "sign": words, "code": code, "next": home}
    return render(request, "programs/followup/alerts/sign_clear.html", context)


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def exercise_reinstate(request: PracticeRequest, case_id: UUID, item: str) -> HttpResponse:
    """Let the patient go on with an exercise that a report has paused."""
    case = get_object_or_404(request.practice.cases.select_related("patient"), pk=case_id)
    found = items_of(versions_of(case)).get(item)
    if found is None:
        raise Http404
    if item not in responses.answer_for(case).answer["paused"]:
        messages.info(request, f"{found.name} is not paused any more.")
        return redirect(_back(request, case.get_absolute_url()))
    form = NoteForm(request.POST or None, label="Why the patient can go on with it")
    if form.is_valid():
        note = form.cleaned_data["note"]
        reinstate(case=case, actor=request.user, item=item, note=note)
        messages.success(request, f"The patient can go on with {found.name}.")
        return redirect(_back(request, case.get_absolute_url()))
    home = _back(request, case.get_absolute_url())
    context = {"case": case, "form": form, "exercise": found.name, "next": home}
    return render(request, "programs/followup/alerts/exercise_reinstate.html", context)


def _back(request: PracticeRequest, otherwise: str) -> str:
    """The address in ``next``, where the reader came with one."""
    return back(request) if {"next"} & {*request.POST, *request.GET} else otherwise
