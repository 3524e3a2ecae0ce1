"""Signing in and out, and passwords. Django's own views, with our forms and names."""

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy

from clinic.accounts import throttle
from clinic.accounts.devices import remember_device
from clinic.accounts.factors.kept import note_address
from clinic.accounts.factors.views import second_step
from clinic.accounts.forms import (
    ChangePasswordForm,
    SetPasswordForm,
    SignInForm,
)
from clinic.accounts.typed_again import typed_before, with_typed
from clinic.guesses.counting import Closed
from clinic.http import posted_from
from clinic.middleware import any_practice, nothing_to_carry, practice_not_required
from clinic.models import User


class _ChangePassword(auth.PasswordChangeView):
    form_class = ChangePasswordForm
    template_name = "clinic/accounts/change_password.html"
    success_url = reverse_lazy("account")

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        """Change it, unless the old one has been guessed at too often."""
        user = self.request.user
        assert user.is_authenticated  # noqa: S101 - the way here asks for it
        tried = throttle.password_again(user.email)
        if isinstance(tried, Closed):
            return throttle.locked_out(request, tried)
        form = self.get_form()
        if form.is_valid() or "old_password" not in form.errors:
            tried.give_back()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:  # type: ignore[override]
        messages.success(
            self.request, "Your password has been changed, and you are signed out elsewhere."
        )
        return super().form_valid(form)


class _SetPassword(account.PasswordResetFromKeyView):
    form_class = SetPasswordForm
    template_name = "clinic/accounts/set_password.html"
    success_url = reverse_lazy("sign_in")
    # The address shown while the form is open; the key itself waits in the session.
    reset_url_key = "new"

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        """Set it. Whoever has the letter is no stranger to the account, whatever strangers do."""
        messages.success(self.request, "Your password is set. Sign in with it now.")
        response: HttpResponse = super().form_valid(form)
        note_address(self.reset_user, confirmed=True)
        remember_device(self.request, response, self.reset_user.email)
        return response


class _ForgotPassword(account.PasswordResetView):
    template_name = "clinic/accounts/forgot_password.html"
    success_url = reverse_lazy("forgot_password_sent")

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Ask for the address in the words of the page before; nothing stands in the field."""
        form = super().get_form(*args, **kwargs)
        form.fields["email"].label = "E-mail address"
        form.fields["email"].widget.attrs.pop("placeholder", None)
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        """Send a letter, unless there were many; the page says the same whatever is so."""
        typed = throttle.account_of(form.cleaned_data["email"])
        if isinstance(throttle.reset_letter(self.request, typed), Closed):
            return redirect(self.get_success_url())
        sent: HttpResponse = super().form_valid(form)
        return sent


class _SignIn(auth.LoginView):
    template_name = "clinic/accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, with what was typed before somebody was signed out."""
        return super().get_context_data(
            typed=typed_before(self.request), directories=settings.OIDC_DIRECTORIES, **kwargs
        )

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        """Judge a password, if there is a try left."""
        typed = request.POST.get("username", "")
        tried = throttle.password_try(request, throttle.account_of(typed))
        if isinstance(tried, Closed):
            return throttle.locked_out(request, tried, typed=typed)
        self.tried = tried
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        """On to where one was going, or to the form that waits to be sent."""
        user = form.get_user()
        assert isinstance(user, User)  # noqa: S101 - for the type checker
        self.tried.give_back()
        throttle.forgive(self.request, user.email)
        login = Login(user=user, redirect_url=self.get_success_url(), email=user.email)
        onward = perform_password_login(self.request, {"email": user.email}, login)
        if self.request.user.is_authenticated:
            return with_typed(self.request, onward)
        if (typed := typed_before(self.request)) and is_mfa_enabled(user):
            return second_step(self.request, AuthenticateForm(user=user), typed)
        return onward


sign_in = login_not_required(_SignIn.as_view())


def _home(_request: HttpRequest) -> str:
    return "dashboard"


sign_out = nothing_to_carry(
    any_practice(practice_not_required(posted_from(_home)(auth.LogoutView.as_view())))
)

change_password = nothing_to_carry(any_practice(practice_not_required(_ChangePassword.as_view())))

forgot_password = login_not_required(_ForgotPassword.as_view())

forgot_password_sent = login_not_required(
    auth.PasswordResetDoneView.as_view(template_name="clinic/accounts/forgot_password_sent.html")
)

set_password = login_not_required(_SetPassword.as_view())
