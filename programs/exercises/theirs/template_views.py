"""The templates of a practice: all that one sees, and one to rename, share, remove or bring back.

Everybody who treats uses what is shared. Whoever made a template and owners change it; to the
others its address does not exist.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from clinic.http import PracticeRequest, posted_from, require_get_or_post
from clinic.outcomes import Refused
from clinic.paging import page_of
from clinic.permissions import Action, allows, requires
from programs.exercises.theirs import template_actions as actions
from programs.exercises.theirs.models import OwnStarter, OwnStarterQuerySet
from programs.exercises.theirs.template_forms import TemplateForm

_PAGE_SIZE = 24


@require_GET
@requires(Action.TREAT)
def own_templates(request: PracticeRequest) -> HttpResponse:
    """Each template that this clinician may use; below them the removed ones to bring back."""
    theirs = _to_change(request)
    rows = request.practice.own_starters.listed_for(request.user, theirs)
    page = page_of(request, rows.select_related("made_by"), size=_PAGE_SIZE)
    changeable = set(theirs.filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True))
    context = {"page": page, "changeable": changeable}
    return render(request, "programs/exercises/theirs/own_templates.html", context)


@requires(Action.TREAT, whole=True)
@require_get_or_post
def own_template(request: PracticeRequest, starter_id: int) -> HttpResponse:
    """Another name, or for everybody and back."""
    starter = _one(request, starter_id)
    sent = request.POST if request.method == "POST" else None
    form = TemplateForm(sent, starter=starter)
    if form.is_valid():
        try:
            actions.change_template(starter=starter, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, f"“{form.cleaned_data['name']}” is saved.")
            return redirect("own_templates")
    context = {"form": form, "starter": starter}
    status = 422 if form.errors else 200
    return render(request, "programs/exercises/theirs/own_template.html", context, status=status)


def _list(request: PracticeRequest, starter_id: int) -> str:
    _one(request, starter_id)
    return "own_templates"


@requires(Action.TREAT)
@posted_from(_list)
def own_template_retire(request: PracticeRequest, starter_id: int) -> HttpResponse:
    """Take it off the list. Programs that were made with it keep what they have."""
    starter = _one(request, starter_id)
    if actions.retire_template(starter=starter, actor=request.user):
        messages.success(request, f"“{starter.name}” is removed. You can bring it back below.")
    return redirect("own_templates")


@requires(Action.TREAT)
@posted_from(_list)
def own_template_restore(request: PracticeRequest, starter_id: int) -> HttpResponse:
    """Put it back on the list."""
    starter = _one(request, starter_id)
    try:
        if actions.restore_template(starter=starter, actor=request.user):
            messages.success(request, f"“{starter.name}” is back.")
    except Refused as refusal:
        messages.error(request, f"{refusal.message} Rename that one first.")
    return redirect("own_templates")


def _to_change(request: PracticeRequest) -> OwnStarterQuerySet:
    """Those that this member may change, the removed ones too."""
    owner = allows(request.membership, Action.MANAGE_PRACTICE)
    rows: OwnStarterQuerySet = request.practice.own_starters.all()
    return rows.seen_by(request.user) if owner else rows.filter(made_by=request.user)


def _one(request: PracticeRequest, starter_id: int) -> OwnStarter:
    return get_object_or_404(_to_change(request), pk=starter_id)
