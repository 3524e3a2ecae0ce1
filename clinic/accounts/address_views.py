"""Another address to sign in with: asked for on a page, agreed to behind the link of a letter."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clinic import mailing
from clinic.accounts import throttle
from clinic.accounts.account_views import ones_own
from clinic.accounts.devices import remember_device
from clinic.accounts.forms import NewAddressForm
from clinic.accounts.moving import ask_for_address, move_account, move_of
from clinic.guesses.counting import Closed
from clinic.http import PracticeRequest, require_get_or_post
from clinic.outcomes import Refused


@ones_own
@reauthentication_required
@require_get_or_post
def change_address(request: PracticeRequest) -> HttpResponse:
    """Say which address it shall be; the page answers the same whether anybody has it."""
    # A trial without a mail server prints its letters.
    can_write = mailing.has_server() or settings.DEVELOPMENT
    form = NewAddressForm(request.POST or None, user=request.user)
    if request.method == "POST" and can_write and form.is_valid():
        address = form.cleaned_data["address"]
        tried = throttle.reset_letter(request, address)
        if isinstance(tried, Closed):
            return throttle.locked_out(request, tried)
        ask_for_address(user=request.user, address=address)
        messages.success(
            request,
            f"A letter is on its way to {address}. Nothing changes until you say yes there.",
        )
        return redirect("account")
    context = {"form": form, "can_write": can_write}
    status = 422 if form.errors else 200
    return render(request, "clinic/accounts/change_address.html", context, status=status)


@login_not_required
@require_get_or_post
def confirm_new_address(request: HttpRequest, token: str) -> HttpResponse:
    """The question behind the link, and the yes. An old link and a wrong one look the same."""
    move, refused = move_of(token), ""
    if request.method == "POST" and move is not None:
        is_mine = request.user.pk == move.user.pk
        try:
            user = move_account(token=token)
        except Refused as refusal:
            refused = refusal.message
        else:
            if is_mine:
                logout(request)
            messages.success(request, "Sign in with your new address from now on.")
            response = redirect("sign_in")
            remember_device(request, response, user.email)
            return response
    status = 409 if refused else 200 if move else 404
    context = {"address": move.address if move else "", "refused": refused}
    return render(request, "clinic/accounts/confirm_new_address.html", context, status=status)
