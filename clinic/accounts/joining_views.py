"""The page behind an invitation's link: join, or say no."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clinic.accounts import invitations, throttle
from clinic.accounts.forms import JoinForm
from clinic.guesses.counting import Closed
from clinic.http import require_get_or_post
from clinic.models import Invitation


@login_not_required
@require_get_or_post
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, and as what; a yes or a no. An old link and a wrong one look the same."""
    tried = throttle.invitation_link_try(request)
    if isinstance(tried, Closed):
        return throttle.locked_out(request, tried)
    with invitations.open_with(token) as found:
        if found is None:
            return _gone(request)
        tried.give_back()
        if request.method == "POST" and "decline" in request.POST:
            return _declined(request, found)
        if request.user.is_authenticated:
            return _as_somebody(request, found)
        return _as_nobody(request, found)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "clinic/accounts/invitation_gone.html", status=404)


def _declined(request: HttpRequest, found: Invitation) -> HttpResponse:
    try:
        invitations.decline(invitation=found)
    except ValidationError:
        return _gone(request)
    return render(request, "clinic/accounts/invitation_declined.html", {"invitation": found})


def _as_somebody(request: HttpRequest, found: Invitation) -> HttpResponse:
    """For somebody who is signed in: one press, if it is they who are asked."""
    user = request.user
    if user.is_authenticated and request.method == "POST" and user.email == found.email:
        try:
            invitations.join(invitation=found, user=user)
        except ValidationError:
            return _gone(request)
        title = found.practice.full_title
        messages.success(request, f"You can now work in {title}. Switch to it in your menu.")
        return redirect("dashboard")
    context = {
        "invitation": found,
        "is_theirs": user.is_authenticated and user.email == found.email,
    }
    return render(request, "clinic/accounts/invitation.html", context)


def _as_nobody(request: HttpRequest, found: Invitation) -> HttpResponse:
    """For somebody who is not signed in: a way to the sign-in, and a form for a new account."""
    form = JoinForm(request.POST or None, address=found.email)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.join_as_new(
                invitation=found,
                full_name=form.cleaned_data["full_name"],
                password=form.cleaned_data["new_password1"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "You are in. Sign in with your new password.")
            return redirect("sign_in")
    return render(request, "clinic/accounts/invitation.html", {"invitation": found, "form": form})
