"""Signing in and out, and passwords. Django's own views, with our forms and names."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy

from clinic.accounts import throttle
from clinic.accounts.forms import (
    ChangePasswordForm,
    ForgotPasswordForm,
    SetPasswordForm,
    SignInForm,
)
from clinic.http import posted_from
from clinic.middleware import any_practice, nothing_to_carry, practice_not_required
from clinic.typed import KEPT, Typed, read_typed


class _ChangePassword(auth.PasswordChangeView):
    form_class = ChangePasswordForm
    template_name = "clinic/accounts/change_password.html"
    success_url = reverse_lazy("dashboard")

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:  # type: ignore[override]
        messages.success(self.request, "Your password has been changed.")
        return super().form_valid(form)


class _SetPassword(auth.PasswordResetConfirmView):
    form_class = SetPasswordForm
    template_name = "clinic/accounts/set_password.html"
    success_url = reverse_lazy("sign_in")
    # The address shown while the form is open; the token itself waits in the session.
    reset_url_token = "new"  # noqa: S105

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:  # type: ignore[override]
        messages.success(self.request, "Your password is set. Sign in with it now.")
        return super().form_valid(form)


class _SignIn(auth.LoginView):
    template_name = "clinic/accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, with what was typed before somebody was signed out."""
        return super().get_context_data(typed=self._typed(), **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        """On to where one was going, or to the form that waits to be sent."""
        onward, typed = super().form_valid(form), self._typed()
        if typed is None:
            return onward
        context = {"next": self.get_success_url(), "typed": typed}
        return render(self.request, "clinic/accounts/send_again.html", context)

    def _typed(self) -> Typed | None:
        return read_typed(self.request.POST.get(KEPT, ""))


_sign_in = _SignIn.as_view()


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """E-mail address and password; closed for a while to a place that guesses."""
    if request.method == "POST" and throttle.is_crowded(request):
        return throttle.crowded_out(request)
    return _sign_in(request)


def _home(_request: HttpRequest) -> str:
    return "dashboard"


sign_out = nothing_to_carry(
    any_practice(practice_not_required(posted_from(_home)(auth.LogoutView.as_view())))
)

change_password = nothing_to_carry(any_practice(practice_not_required(_ChangePassword.as_view())))

forgot_password = login_not_required(
    auth.PasswordResetView.as_view(
        template_name="clinic/accounts/forgot_password.html",
        email_template_name="clinic/accounts/set_password_email.txt",
        subject_template_name="clinic/accounts/set_password_subject.txt",
        form_class=ForgotPasswordForm,
        success_url=reverse_lazy("forgot_password_sent"),
        extra_email_context={"public_url": lambda: settings.PUBLIC_URL},
    )
)

forgot_password_sent = login_not_required(
    auth.PasswordResetDoneView.as_view(template_name="clinic/accounts/forgot_password_sent.html")
)

set_password = login_not_required(_SetPassword.as_view())
