"""The rules for clinicians: the list, a page a rule, and all that was said as one document."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clinic.files import download
from clinic.http import PracticeRequest
from clinic.outcomes import Refused
from clinic.paging import page_of
from clinic.permissions import Action, allows, requires
from patients.models.case_reading import practice_today
from programs.exercises.library import library_for
from programs.exercises.rulebook import actions
from programs.exercises.rulebook.document import review_csv, review_html
from programs.exercises.rulebook.forms import RuleCommentForm, SignForm
from programs.exercises.rulebook.pages import RuleChoices, RulePage, RuleRow
from programs.exercises.rulebook.standings import coverage, standings

_PAGE_SIZE = 30


@require_GET
@requires(Action.TREAT)
def rule_list(request: PracticeRequest) -> HttpResponse:
    """Every rule with its words, source, evidence and who signed it; found by words."""
    library, asked = library_for(request.practice), RuleChoices.of(request.GET)
    found = standings(request.practice, library.written)
    chosen = [rule for rule in asked.rules(library) if asked.fits(found[rule.id])]
    rules = page_of(request, chosen, size=_PAGE_SIZE)
    rows = [RuleRow.of(library, rule, request.practice, found[rule.id]) for rule in rules]
    context = {
        "rows": rows,
        "rules": rules,
        "asked": asked,
        "coverage": coverage(found),
        "signed": sum(standing.signed is not None for standing in found.values()),
        "total": len(library.written),
        "owner": allows(request.membership, Action.MANAGE_PRACTICE),
    }
    return render(request, "programs/exercises/rulebook/rule_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.TREAT)
def rule(request: PracticeRequest, rule_id: str) -> HttpResponse:
    """One rule: all that it says, where from, what it may touch; signed or doubted here."""
    page = _page_or_404(request, rule_id)
    if request.method == "POST":
        return _said(request, page)
    return _shown(request, page)


@require_GET
@requires(Action.SEE)
def rule_review(request: PracticeRequest) -> HttpResponseBase:
    """Every rule with what was said of it, as one document to print or as a table."""
    library, practice = library_for(request.practice), request.practice
    name = f"rules-{practice_today(practice):%Y-%m-%d}"
    if request.GET.get("as") == "csv":
        rows = review_csv(library, practice)
        return download(rows, name=f"{name}.csv", content_type="text/csv; charset=utf-8")
    saved = {"Content-Disposition": f'attachment; filename="{name}.html"'}
    return HttpResponse(review_html(library, practice), headers=saved)


def _page_or_404(request: PracticeRequest, rule_id: str) -> RulePage:
    library = library_for(request.practice)
    if rule_id not in library.written:
        raise Http404
    return RulePage.of(library, library.written[rule_id], request.practice)


def _shown(
    request: PracticeRequest,
    page: RulePage,
    *,
    sign: SignForm | None = None,
    comment: RuleCommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = practice_today(request.practice)
    start = {"name": request.user.full_name, "signed_on": today}
    context = {
        "page": page,
        "may": allows(request.membership, Action.TREAT),
        "owner": allows(request.membership, Action.MANAGE_PRACTICE),
        "sign_form": sign or SignForm(initial=start, today=today),
        "comment_form": comment or RuleCommentForm(),
    }
    return render(request, "programs/exercises/rulebook/rule.html", context, status=status)


def _said(request: PracticeRequest, page: RulePage) -> HttpResponse:
    """Do what the pressed button says; what was refused is shown with all that was typed."""
    seen, given = request.POST.get("seen", ""), page.rule
    practice, actor = request.practice, request.user
    sign = comment = None
    try:
        match request.POST.get("what"):
            case "sign":
                sign = SignForm(request.POST, today=practice_today(practice))
                if not sign.is_valid():
                    return _shown(request, page, sign=sign, status=422)
                actions.sign_rule(
                    practice=practice, actor=actor, rule=given, seen=seen, **sign.cleaned_data
                )
                messages.success(request, f"Rule {given.id} is signed.")
            case "comment":
                comment = RuleCommentForm(request.POST)
                if not comment.is_valid():
                    return _shown(request, page, comment=comment, status=422)
                actions.comment_on_rule(
                    practice=practice, actor=actor, rule=given, seen=seen, **comment.cleaned_data
                )
                messages.success(request, "Your comment is kept with the rule.")
            case "withdraw":
                actions.withdraw_signature(practice=practice, actor=actor, rule=given, seen=seen)
                messages.success(request, "The signature counts no longer. It stays on record.")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _shown(request, page, sign=sign, comment=comment, status=409)
    return redirect("rule", given.id)
