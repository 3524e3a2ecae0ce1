"""One's own account: where one starts to work."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from clinic.accounts.forms import StartPracticeForm
from clinic.http import PracticeRequest, require_get_or_post
from clinic.middleware import any_practice, nothing_to_carry, practice_not_required, start_of


@nothing_to_carry
@any_practice
@practice_not_required
@require_get_or_post
def account(request: PracticeRequest) -> HttpResponse:
    """Who one is here, and the practice to begin in."""
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
    return render(request, "clinic/accounts/account.html", {"form": form})
