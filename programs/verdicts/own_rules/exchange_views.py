"""A practice's own rules as a file: taken away, and brought in after a look at what they touch."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from clinic.files import download
from clinic.http import PracticeRequest, require_get_or_post
from clinic.outcomes import Refused
from clinic.parsing.tables import TableError
from clinic.permissions import Action, requires
from patients.fields import text_field
from programs.exercises.rulebook.wording import clauses_of
from programs.exercises.theirs.forms import KeptFileForm
from programs.rules.book import RuleDefinition
from programs.verdicts.own_rules.rule_actions import keep_rules
from programs.verdicts.own_rules.rule_file import (
    IncomingRules,
    RuleFile,
    read_rules,
    try_rules,
    write_rules,
)
from programs.verdicts.touched import touched_by_several

_MOST_SHOWN = 100
"""Problems, and programs, that the page names; all of them are counted."""


class RuleFileForm(KeptFileForm):
    """A file of rules, and why they are brought in."""

    why = text_field("Why you bring them in", max_length=500, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Nothing has been read yet."""
        super().__init__(*args, **kwargs)
        self.fields["file"].label = "TOML file"
        self.fields["file"].widget.attrs["accept"] = ".toml"
        self.fields["why"].help_text = "Kept for good, with your name and the day."
        self.rules = RuleFile()

    def read_text(self) -> None:
        """The tables of the file, unchecked."""
        if not self.is_toml:
            raise TableError("Choose a TOML file: its name ends in .toml.")
        self.rules = read_rules(self.text)


@requires(Action.MANAGE_PRACTICE)
@require_get_or_post
def made_rule_exchange(request: PracticeRequest) -> HttpResponseBase:
    """Take the file away; or choose one, see what it would touch, then all of it holds or none."""
    if request.method != "POST":
        if request.GET.get("as") == "toml":
            text = [write_rules(request.practice).encode()]
            return download(text, name="own-rules.toml", content_type="application/toml")
        return _page(request, RuleFileForm())
    form = RuleFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    found = try_rules(form.rules, request.practice)
    # Only what was shown is kept: another file, or another state of the rules, is shown first.
    shown = request.POST.get("confirmed") == found.digest and not request.FILES
    if found.problems or not found.count or not shown:
        return _page(request, form, found, status=422 if found.problems else 200)
    if not form.cleaned_data["why"]:
        form.add_error("why", "Say why you bring them in.")
        return _page(request, form, found, status=422)
    try:
        keep_rules(
            practice=request.practice,
            actor=request.user,
            file=form.rules,
            shown=found.digest,
            why=form.cleaned_data["why"],
        )
    except Refused as refusal:
        form.add_error("why", str(refusal))
        return _page(request, form, try_rules(form.rules, request.practice), status=409)
    count = found.count
    messages.success(
        request,
        f"{count} rule{'s hold' if count > 1 else ' holds'} as in the file. "
        "Running programs are judged by what you brought in from now on.",
    )
    return redirect("rule_list")


def _page(
    request: PracticeRequest,
    form: RuleFileForm,
    found: IncomingRules | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "found": found}
    if found is not None and found.problems:
        context["problems"] = found.problems[:_MOST_SHOWN]
    elif found is not None:
        after: dict[str, RuleDefinition | None] = {rule.id: rule for rule in found.rules}
        after |= {one.rule.id: one.here(request.practice, request.user) for one in found.kept}
        touched = touched_by_several(request.practice, after)
        context |= {
            "rules": [(rule, clauses_of(rule, request.practice)) for rule in found.rules],
            "touched": touched[:_MOST_SHOWN],
            "count": len(touched),
        }
    template = "programs/verdicts/own_rules/made_rule_exchange.html"
    return render(request, template, context, status=status)
