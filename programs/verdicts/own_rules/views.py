"""An owner keeps a rule otherwise; what that would touch is shown before it is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from clinic.http import PracticeRequest, require_get_or_post
from clinic.outcomes import Refused
from clinic.parsing.digests import digest_of
from clinic.permissions import Action, requires
from programs.exercises.library import library_for
from programs.exercises.rulebook.models import OwnRule
from programs.exercises.rulebook.own import own_rules, rule_here
from programs.exercises.rulebook.own_actions import change_rule, state_of
from programs.exercises.rulebook.standings import digests_now
from programs.exercises.rulebook.wording import clauses_of
from programs.rules.book import RuleDefinition
from programs.rules.made import MADE_RULE
from programs.rules.own import AS_WRITTEN, OFF, WAY_LABELS, ways_of
from programs.verdicts.own_rules.forms import OwnRuleForm
from programs.verdicts.touched import TouchedProgram, touched_by

_MOST_SHOWN = 100
"""Programs of a preview that are named; all of them are counted."""


@requires(Action.MANAGE_PRACTICE)
@require_get_or_post
def rule_change(request: PracticeRequest, rule_id: str) -> HttpResponse:
    """Choose how a rule holds, see which running programs that touches, then confirm it."""
    library = library_for(request.practice)
    if rule_id not in library.written:
        raise Http404
    if rule_id.startswith(MADE_RULE):
        return redirect("made_rule_edit", rule_id)
    rule = library.written[rule_id]
    last, digest = own_rules(request.practice).get(rule_id), digests_now().get(rule_id, "")
    before = {"way": last.way, "reason": last.reason, "note": last.note} if last else None
    form = OwnRuleForm(
        request.POST or None, ways=ways_of(rule), initial=before or {"way": AS_WRITTEN}
    )
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return _page(request, rule, form, state_of(digest, last), status=status)
    chosen = form.cleaned_data
    seen = request.POST.get("seen") or state_of(digest, last)
    # Only what was shown is confirmed: another choice is shown first.
    if request.POST.get("confirmed") != digest_of(chosen):
        touched = _preview(request, rule, digest, chosen)
        return _page(request, rule, form, seen, touched=touched, chosen=chosen)
    try:
        changed = change_rule(
            practice=request.practice, actor=request.user, rule=rule, seen=seen, **chosen
        )
    except Refused as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return _page(request, rule, form, state_of(digest, last), status=409)
    messages.success(request, f"Rule {rule_id}: {_done_words(chosen['way'], changed)}")
    return redirect("rule", rule_id)


def _done_words(way: str, changed: bool) -> str:
    if not changed:
        return "Nothing has changed."
    if way == OFF:
        return "switched off here. Running programs are judged without it from now on."
    return "Running programs are judged by it from now on."


def _preview(
    request: PracticeRequest, rule: RuleDefinition, digest: str, chosen: dict[str, str]
) -> list[TouchedProgram]:
    """The running programs that this choice would touch."""
    row = OwnRule(digest=digest, made_by=request.user, made_at=timezone.now(), **chosen)
    return touched_by(request.practice, rule.id, rule_here(request.practice, rule, digest, row))


def _page(
    request: PracticeRequest,
    rule: RuleDefinition,
    form: OwnRuleForm,
    seen: str,
    *,
    touched: list[TouchedProgram] | None = None,
    chosen: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "rule": rule,
        "clauses": clauses_of(rule, request.practice),
        "form": form,
        "seen": seen,
        "touched": touched[:_MOST_SHOWN] if touched else touched,
        "count": len(touched or ()),
        "chosen": chosen,
        "way": WAY_LABELS[chosen["way"]] if chosen else "",
        "confirmed": digest_of(chosen) if chosen else "",
    }
    return render(request, "programs/verdicts/own_rules/rule_change.html", context, status=status)
