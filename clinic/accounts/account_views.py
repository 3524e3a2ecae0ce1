"""One's own account: where one starts to work, and where one is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from clinic.accounts import sessions
from clinic.accounts.forms import StartPracticeForm
from clinic.http import PracticeRequest, posted_from, require_get_or_post
from clinic.middleware import any_practice, nothing_to_carry, practice_not_required, start_of


def ones_own(view: Any) -> Any:
    """Mark a page that is about a person, in whichever practice they work, or in none."""
    return nothing_to_carry(any_practice(practice_not_required(view)))


@ones_own
@require_get_or_post
def account(request: PracticeRequest) -> HttpResponse:
    """Who one is here, the practice to begin in, and the open sessions."""
    mine = request.memberships
    start = start_of(request.user, mine) if mine else None
    form = StartPracticeForm(
        request.POST or None,
        memberships=mine,
        initial={"practice": str(start.practice_id) if start else ""},
    )
    if request.method == "POST" and form.is_valid():
        request.user.start_practice_id = int(form.cleaned_data["practice"])
        request.user.save(update_fields=["start_practice"])
        messages.success(request, "Saved.")
        return redirect("account")
    open_now = sessions.sessions_of(request, request.user)
    return render(request, "clinic/accounts/account.html", {"form": form, "sessions": open_now})


def _account(_request: PracticeRequest) -> str:
    return "account"


def _account_with(request: PracticeRequest, signed_in_id: int) -> str:
    get_object_or_404(request.user.signed_in, pk=signed_in_id)
    return "account"


@ones_own
@posted_from(_account_with)
def end_session(request: PracticeRequest, signed_in_id: int) -> HttpResponse:
    """Sign out on one other device."""
    row = get_object_or_404(request.user.signed_in, pk=signed_in_id)
    sessions.end_session(row)
    messages.success(request, f"Signed out: {row.browser}.")
    return redirect("account")


@ones_own
@posted_from(_account)
def end_other_sessions(request: PracticeRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    sessions.end_others(request, request.user)
    messages.success(request, "You are signed out everywhere else.")
    return redirect("account")
