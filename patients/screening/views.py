"""The safety screen, and the clearing of a red flag."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from clinic.http import PracticeRequest, asked_back
from clinic.permissions import Action, allows, requires
from patients.models import Case
from patients.questions import PREGNANCY, QUESTIONS, asked_as
from patients.record.merge import Conflict
from patients.screening import actions as screen_actions
from patients.screening.answers import answered, made_to_matter, taken_down
from patients.screening.forms import ClearRedFlagForm, ScreenForm, latest_number, lines_for
from patients.screening.lines import sent_beside


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def safety_screen(request: PracticeRequest, case_id: UUID) -> HttpResponse:
    """Every safety question on one page; ``?only=`` narrows it, ``next`` says where to go after."""
    case = get_object_or_404(request.practice.cases.with_facts(), pk=case_id)
    if case.closed_at is not None:
        messages.error(request, "This case is closed. Open it again to change it.")
        return redirect(case)
    if not allows(request.membership, Action.TREAT):
        return _to_read(request, case)
    also = made_to_matter(case)
    codes, whole = lines_for(case, request.GET.get("only", ""), also), lines_for(case, also=also)
    is_part = codes != whole
    codes = [*codes, *sent_beside(request.POST, codes)]
    form = ScreenForm(request.POST or None, case=case, codes=codes, named=is_part)
    if form.is_valid():
        try:
            saved = screen_actions.save_screen(
                case=case,
                actor=request.user,
                seen=form.number("seen"),
                revision=form.number("revision"),
                answers=form.answers(),
                sides=form.sides(),
                again=form.again(),
                pregnancy=form.pregnancy(),
            )
        except Conflict as conflict:
            form.show_conflict(conflict)
        else:
            if not saved.disagreements:
                return _after_saving(request, case, saved, goes_on=form.rested() and not is_part)
            form.show_disagreements(saved.disagreements, latest_number(case))
    done, questions = answered(case, also=[*codes, *also])
    context = {
        "case": case,
        "form": form,
        "answered": done,
        "questions": questions,
        "is_part": is_part,
        "no_pregnancy": PREGNANCY not in whole,
        "back": asked_back(request) or case.get_absolute_url(),
        "next": asked_back(request),
    }
    return render(request, "patients/screening/safety_screen.html", context)


def _to_read(request: PracticeRequest, case: Case) -> HttpResponse:
    """The answers, for whoever may look and does not ask the questions."""
    done, questions = answered(case, made_to_matter(case))
    context = {"case": case, "told": taken_down(case), "answered": done, "questions": questions}
    return render(request, "patients/screening/safety_screen.html", context)


def _after_saving(
    request: PracticeRequest, case: Case, saved: screen_actions.Saved, *, goes_on: bool
) -> HttpResponseRedirect:
    """On to where the reader came from; to the case when an answer stops it.

    ``goes_on``: back to what is still open of the screen, where a group was answered in one press.
    """
    if saved.changed:
        messages.success(request, "The answers are saved.")
    else:
        messages.info(request, "Nothing changed.")
    now = request.practice.cases.with_facts().get(pk=case.pk)
    if {row.pk for row in now.open_stops()} & {row.pk for row in saved.answers}:
        return redirect(case)
    done, questions = answered(now, made_to_matter(now))
    if goes_on and done < questions:
        back = asked_back(request)
        return redirect(f"{request.path}?{urlencode({'next': back})}" if back else request.path)
    return redirect(asked_back(request) or case)


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT, whole=True)
def red_flag_clear(request: PracticeRequest, case_id: UUID, answer_id: int) -> HttpResponse:
    """A named clinician says, with a note, that a red flag has been dealt with."""
    case = get_object_or_404(request.practice.cases.with_facts(), pk=case_id)
    answer = get_object_or_404(
        case.answers.select_related("answered_by", "clearance__cleared_by"), pk=answer_id
    )
    if answer.is_cleared:
        messages.info(request, f"{answer.clearance.cleared_by} has cleared this red flag.")
        return redirect(case)
    if answer.pk not in {row.pk for row in case.open_stops()}:
        messages.info(request, "There is a newer answer to this question.")
        return redirect(case)
    form = ClearRedFlagForm(request.POST or None)
    if form.is_valid():
        try:
            screen_actions.clear_red_flag(
                answer=answer,
                actor=request.user,
                note=form.cleaned_data["note"],
                seen=request.POST.get("seen"),
            )
        except screen_actions.ReportedAgain:
            form.add_error(
                None, "The patient reported this again since you opened this page. Look into it."
            )
        except ValueError:
            messages.info(request, "There is a newer answer to this question.")
            return redirect(case)
        else:
            messages.success(request, f"{answer.label}: cleared. Your note is in the record.")
            return redirect(case)
    question = QUESTIONS[asked_as(answer.code)].question
    context = {
        "case": case,
        "answer": answer,
        "form": form,
        "question": question,
        "seen": screen_actions.latest_report(case, answer.code),
    }
    return render(request, "patients/screening/red_flag_clear.html", context)
