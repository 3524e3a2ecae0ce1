"""Saying what a template or a copied program brought, and what was left out and why."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse

from clinic.http import PracticeRequest
from programs.builder import page as reply
from programs.builder.actions.starters import Applied, LeftOut
from programs.builder.search_pane import search_words
from programs.builder.state import Notice, PageState
from programs.prescriptions.models import Program

APPLIED_KEY = "applied_template"
"""Where the session keeps what a template did until the next page tells it."""


def say_applied(request: PracticeRequest, found: Program, applied: Applied) -> HttpResponse:
    """Say what was added and, by name and reason, what was left out."""
    if not request.htmx:
        # The page that follows says all of it in one place, so no message says it again.
        request.session[APPLIED_KEY] = {"program": str(found.pk), **asdict(applied)}
        return reply.to_page(found, search_words(request), "applied")
    notice = Notice(applied_words(applied), "success" if applied.added else "info")
    state = PageState(applied=applied)
    return reply.pane(request, found, notice, state=state, exercises=None, focus="applied")


def taken_applied(request: PracticeRequest, found: Program) -> Applied | None:
    """What the template did just before this page, told once."""
    kept = dict(request.session.get(APPLIED_KEY, {}))
    if kept.pop("program", "") != str(found.pk):
        return None
    del request.session[APPLIED_KEY]
    left_out = [LeftOut(**row) for row in kept.pop("left_out")]
    return Applied(**kept, left_out=left_out)


def applied_words(applied: Applied) -> str:
    """``8 exercises added, 2 left out.``"""
    parts = [f"{len(applied.added)} added"]
    if applied.present:
        parts.append(f"{len(applied.present)} there already")
    if applied.left_out:
        parts.append(f"{len(applied.left_out)} left out")
    return ", ".join(parts) + "."
