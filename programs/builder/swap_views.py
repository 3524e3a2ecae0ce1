"""One exercise in place of another."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from clinic.http import PracticeRequest
from clinic.outcomes import Refused
from clinic.permissions import Action, requires
from programs.builder import actions
from programs.builder import page as reply
from programs.builder.lookup import number_of, opened, program_or_404
from programs.builder.state import Notice, PageState


@require_http_methods(["GET", "POST"])
@requires(Action.TREAT)
def program_item_swap(request: PracticeRequest, program_id: UUID, item_id: UUID) -> HttpResponse:
    """What an exercise could be swapped for; one press swaps."""
    try:
        judgement, judged = opened(request, program_id, item_id)
        program = judgement.program
        if not program.draft_open:
            return redirect("program", program.pk)
        if request.method == "GET":
            if not request.htmx:
                return reply.page(request, judgement, PageState(swapping=str(item_id)))
            focus = f"swaps-{item_id}"
            return reply.card(request, judgement, str(item_id), None, swapping=True, focus=focus)
        wanted, _, side = request.POST.get("to", "").partition(":")
        item = actions.swap_item(
            program=program,
            actor=request.user,
            item_id=item_id,
            exercise_id=number_of(wanted),
            side=side[:5],
        )
    except Refused as refusal:
        program = program_or_404(request, program_id)
        return reply.refused(request, program, refusal, anchor=f"item-{item_id}")
    return reply.pane(
        request,
        program,
        Notice(f"Swapped: {judged.name} is out. You can put it back."),
        state=PageState(new=frozenset({str(item.pk)})),
        exercises=[judged.item.exercise_id, item.exercise_id],
        focus=f"item-{item.pk}",
        anchor=f"item-{item.pk}",
    )
