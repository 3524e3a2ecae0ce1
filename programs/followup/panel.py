"""How it goes, on the page of its case. For ``CASE_PANELS``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from programs.followup.goals.goals import WANTED_GOALS, goals_of
from programs.followup.progress.overview import WEEKS, overview


def followup_panel(request: HttpRequest, case: Any) -> SafeString:
    """The week in a sentence, the chart with its numbers, adherence, and the patient's goals."""
    view = overview(case, case.today())
    context = {
        "case": case,
        "view": view,
        "weeks": WEEKS,
        "goals": goals_of(case),
        "wanted": WANTED_GOALS,
    }
    parts = ["programs/followup/goals/_goals_panel.html"]
    if view.begun or view.reported:
        parts.insert(0, "programs/followup/_followup_panel.html")
    html = ((render_to_string(name, context, request=request),) for name in parts)
    return format_html_join("", "{}", html)
