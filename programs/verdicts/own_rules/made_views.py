"""An owner writes a rule; what it would touch is shown before it holds."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from clinic.http import PracticeRequest, require_get_or_post
from clinic.outcomes import Refused
from clinic.parsing.digests import digest_of
from clinic.parsing.errors import DefinitionError
from clinic.parsing.printable import printable
from clinic.permissions import Action, requires
from programs.exercises.library import library_for
from programs.exercises.rulebook.made import newest_made
from programs.exercises.rulebook.made_actions import keep_made, retire_made
from programs.exercises.rulebook.models import MadeRule
from programs.exercises.rulebook.wording import clauses_of
from programs.rules.book import RuleDefinition
from programs.rules.made import MADE_RULE, made_rule
from programs.verdicts.case_facts import rule_settings
from programs.verdicts.own_rules.made_forms import MadeRuleForm, as_typed
from programs.verdicts.own_rules.story import story_of
from programs.verdicts.touched import TouchedProgram, touched_by

_MOST_SHOWN = 100
"""Programs, and exercises, of a preview that are named; all of them are counted."""
_TRIED = f"{MADE_RULE}0"
"""The id of a rule that is only looked at; none is kept by it."""
_PICKED = ("conditions", "findings", "surgeries", "positions", "phases", "regions", "flags")


@requires(Action.MANAGE_PRACTICE)
@require_get_or_post
def made_rule_create(request: PracticeRequest) -> HttpResponse:
    """Write a rule, see what it would touch, then let it hold."""
    return _write(request, None)


@requires(Action.MANAGE_PRACTICE)
@require_get_or_post
def made_rule_edit(request: PracticeRequest, rule_id: str) -> HttpResponse:
    """Change a rule of the practice's own, or take it out; 404 for one that does not hold."""
    last = newest_made(request.practice).get(rule_id)
    goes = request.method == "POST" and request.POST.get("what") == "retire"
    if last is None or not (last.live or goes):
        raise Http404
    if goes:
        return _retire(request, last)
    return _write(request, last)


def _write(request: PracticeRequest, last: MadeRule | None) -> HttpResponse:
    typed = as_typed(last.data) if last else {}
    form = MadeRuleForm(request.POST or None, initial=typed)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, last, status=422 if form.errors else 200)
    table = form.table()
    seen = request.POST.get("seen") or (str(last.pk) if last else "")
    # Only what was shown is confirmed: another rule is shown first.
    if request.POST.get("confirmed") != digest_of(table):
        named = {**table, "id": last.rule if last else _TRIED, "version": 1}
        try:
            tried = made_rule(named)
        except DefinitionError as error:
            form.add_error(None, f"This rule cannot be kept: {error.reason}.")
            return _page(request, form, last, status=422)
        return _page(request, form, last, seen=seen, tried=tried, table=table)
    try:
        kept = keep_made(
            practice=request.practice,
            actor=request.user,
            data=table,
            why=form.cleaned_data["why"],
            key=form.cleaned_data["token"] or uuid4(),
            rule=last.rule if last else "",
            seen=_number(seen),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, last, status=409)
    messages.success(
        request, f"Rule {kept.rule} holds. Running programs are judged by it from now on."
    )
    return redirect("rule", kept.rule)


def _retire(request: PracticeRequest, last: MadeRule) -> HttpResponse:
    """Shown first whom it touches; only the version that was shown goes."""
    if not last.live:
        return redirect("rule_list")
    why = " ".join(printable(request.POST.get("why_out", "")).split())[:500]
    form, seen = MadeRuleForm(initial=as_typed(last.data)), request.POST.get("seen", "")
    if not why:
        return _page(request, form, last, status=422, more={"out_error": "Say why it goes."})
    if request.POST.get("confirmed", "") != seen or not seen:
        touched = touched_by(request.practice, last.rule, None)
        return _page(request, form, last, more={"out": why, **_shown(touched)})
    try:
        retire_made(
            practice=request.practice,
            actor=request.user,
            rule=last.rule,
            seen=_number(seen),
            why=why,
            key=uuid4(),
        )
    except Refused as refusal:
        said = {"out_error": str(refusal), "why_out": why}
        return _page(request, form, last, status=409, more=said)
    messages.success(request, f"Rule {last.rule} holds no longer. What it said stays on record.")
    return redirect("rule_list")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _page(
    request: PracticeRequest,
    form: MadeRuleForm,
    last: MadeRule | None,
    *,
    seen: str = "",
    tried: RuleDefinition | None = None,
    table: dict[str, Any] | None = None,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "last": last,
        "seen": seen or (last.pk if last else ""),
        "pickers": [(form[name], form[name].value() or form[name].errors) for name in _PICKED],
        "clause_fields": [form[name] for name in ("part", "direction", "side")],
        **(more or {}),
    }
    if tried is not None:
        context |= _preview(request, tried, form)
        context["confirmed"] = digest_of(table)
    template = "programs/verdicts/own_rules/made_rule.html"
    return render(request, template, context, status=status)


def _shown(touched: list[TouchedProgram]) -> dict[str, Any]:
    return {"touched": touched[:_MOST_SHOWN], "count": len(touched)}


def _preview(request: PracticeRequest, rule: RuleDefinition, form: MadeRuleForm) -> dict[str, Any]:
    """What it says, whom it touches now, and a story of whom it speaks."""
    practice = request.practice
    touched = touched_by(practice, rule.id, rule)
    story = story_of(library_for(practice), rule_settings(practice), rule)
    return {
        "rule": rule,
        "clauses": clauses_of(rule, practice),
        **_shown(touched),
        "story": story,
        "story_shown": story.changed[:_MOST_SHOWN],
        "sent": [
            (name, value) for name in form.fields for value in request.POST.getlist(name) if value
        ],
    }
