"""The clinician's page of functional goals: add, reword, end, score with the patient."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic.http import PracticeRequest, posted_from
from clinic.permissions import Action, requires
from patients.models import Case
from patients.record.read_only import put_away
from programs.followup.goals import actions as goal_actions
from programs.followup.goals.forms import GoalForm, ScoresForm
from programs.followup.goals.goals import WANTED_GOALS, goals_of

FULL = "Five goals are running. End one first."


def _case(request: PracticeRequest, case_id: UUID) -> Case:
    rows = request.practice.cases.select_related("patient", "practice")
    return put_away(request, get_object_or_404(rows, pk=case_id))


def _goals_page(request: PracticeRequest, case_id: UUID, goal_id: int | None = None) -> str:
    case = _case(request, case_id)
    if goal_id is not None:
        get_object_or_404(case.functional_goals, pk=goal_id)
    return reverse("case_goals", args=[case.pk])


@require_GET
@requires(Action.TREAT)
def case_goals(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Every goal with its history, and what can be done with it."""
    return _page(request, _case(request, case_id))


def _page(
    request: HttpRequest,
    case: Case,
    *,
    add: GoalForm | None = None,
    reword: tuple[int, GoalForm] | None = None,
    score: ScoresForm | None = None,
) -> HttpResponse:
    """The page with the forms as they are, or as they were sent with their errors."""
    goals = goals_of(case)
    running = [line.goal for line in goals.open]
    said = dict([reword]) if reword else {}
    context = {
        "case": case,
        "patient": case.patient,
        "goals": goals,
        "wanted": WANTED_GOALS,
        "add": add or GoalForm(),
        "score": score or ScoresForm(goals=running),
        "rewordings": [
            (line, said.get(line.goal.pk) or GoalForm(initial={"words": line.goal.words}))
            for line in goals.open
        ],
    }
    failed = any((add, reword, score))
    return render(
        request, "programs/followup/goals/case_goals.html", context, status=422 if failed else 200
    )


def _open_case(request: PracticeRequest, case_id: UUID) -> Case | None:
    """The case if it may be changed; a closed one says so."""
    case = _case(request, case_id)
    if case.closed_at is None:
        return case
    messages.error(request, "This case is closed. Open it again to change it.")
    return None


@requires(Action.TREAT)
@posted_from(_goals_page)
def case_goal_add(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Write down one more goal."""
    case = _open_case(request, case_id)
    if case is None:
        return redirect("case_goals", case_id)
    form = GoalForm(request.POST)
    if not form.is_valid():
        return _page(request, case, add=form)
    try:
        goal_actions.add_goal(case=case, actor=request.user, words=form.cleaned_data["words"])
    except goal_actions.TooManyGoals:
        form.add_error("words", FULL)
        return _page(request, case, add=form)
    messages.success(request, "The goal is written down. Score it with the patient.")
    return redirect("case_goals", case.pk)


@requires(Action.TREAT)
@posted_from(_goals_page)
def case_goal_reword(request: PracticeRequest, case_id: UUID, goal_id: int) -> HttpResponse:
    """Put a goal into other words: the old one ends, a new one begins."""
    case = _open_case(request, case_id)
    if case is None:
        return redirect("case_goals", case_id)
    goal = get_object_or_404(case.functional_goals.filter(ended_at=None), pk=goal_id)
    form = GoalForm(request.POST)
    if not form.is_valid():
        return _page(request, case, reword=(goal.pk, form))
    words = form.cleaned_data["words"]
    if words != goal.words:
        goal_actions.reword_goal(goal=goal, actor=request.user, words=words)
        messages.success(request, "Reworded. It is scored anew; the old one is kept below.")
    return redirect("case_goals", case.pk)


@requires(Action.TREAT)
@posted_from(_goals_page)
def case_goal_end(request: PracticeRequest, case_id: UUID, goal_id: int) -> HttpResponseRedirect:
    """End a goal."""
    case = _open_case(request, case_id)
    if case is not None:
        goal = get_object_or_404(case.functional_goals.filter(ended_at=None), pk=goal_id)
        goal_actions.end_goal(goal=goal, actor=request.user)
        messages.success(request, "The goal has ended. It is kept below.")
    return redirect("case_goals", case_id)


@requires(Action.TREAT)
@posted_from(_goals_page)
def case_goals_score(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Score the goals with the patient."""
    case = _open_case(request, case_id)
    if case is None:
        return redirect("case_goals", case_id)
    form = ScoresForm(request.POST, goals=list(case.functional_goals.filter(ended_at=None)))
    if not form.is_valid():
        return _page(request, case, score=form)
    token = form.cleaned_data["token"]
    goal_actions.score_goals(case=case, scores=form.scores, actor=request.user, client_id=token)
    messages.success(request, "The scores are saved.")
    return redirect("case_goals", case.pk)
