"""allauth's pages in our look. Guesses are taken from our own counters before it judges them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount.providers.openid_connect import views as directory
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from clinic.accounts import throttle
from clinic.accounts.account_views import ones_own
from clinic.accounts.factors.elsewhere import calmly
from clinic.accounts.factors.kept import has_app, passkeys_of
from clinic.accounts.typed_again import typed_before, with_typed
from clinic.guesses.counting import Closed, Taken
from clinic.http import PracticeRequest
from clinic.typed import Typed

_Try = Taken | Closed


class _Authenticate(base.AuthenticateView):
    template_name = "clinic/accounts/factors/authenticate.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Judge a code, if there is a try left. A passkey cannot be guessed."""
        self.tried: Taken | None = None
        if "code" in request.POST:
            tried = throttle.second_factor_try(request, self.stage.login.user.email)
            if isinstance(tried, Closed):
                return throttle.locked_out(request, tried)
            self.tried = tried
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """In, and on with what was typed before."""
        if self.tried:
            self.tried.give_back()
        return with_typed(self.request, super().form_valid(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, with what was typed before somebody was signed out."""
        return super().get_context_data(**kwargs) | {"typed": typed_before(self.request)}


class _AgainMixin:
    """Who is signed in shows once more that it is they, if there is a try left."""

    request: HttpRequest
    get_form: Callable[[], Any]
    form_valid: Callable[[Any], HttpResponse]
    form_invalid: Callable[[Any], HttpResponse]

    def post(self, request: PracticeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Judge it, and give the try back where it was right."""
        tried = self.take(request)
        if isinstance(tried, Closed):
            return throttle.locked_out(request, tried)
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        tried.give_back()
        return self.form_valid(form)

    def take(self, request: PracticeRequest) -> _Try:
        """One try of what this page asks for."""
        raise NotImplementedError


class _Reauthenticate(_AgainMixin, account.ReauthenticateView):
    template_name = "clinic/accounts/factors/reauthenticate.html"

    def take(self, request: PracticeRequest) -> _Try:
        return throttle.password_again(request.user.email)


class _ReauthenticateByCode(_AgainMixin, base.ReauthenticateView):
    template_name = "clinic/accounts/factors/reauthenticate.html"

    def take(self, request: PracticeRequest) -> _Try:
        return throttle.second_factor_try(request, request.user.email)


class _ReauthenticateByKey(keys.ReauthenticateWebAuthnView):
    template_name = "clinic/accounts/factors/reauthenticate_key.html"


class _Index(base.IndexView):
    template_name = "clinic/accounts/factors/security.html"


class _AddApp(totp.ActivateTOTPView):
    template_name = "clinic/accounts/factors/app_add.html"


class _RemoveApp(totp.DeactivateTOTPView):
    template_name = "clinic/accounts/factors/app_remove.html"


class _AddKey(keys.AddWebAuthnView):
    template_name = "clinic/accounts/factors/key_add.html"


class _RemoveKey(keys.RemoveWebAuthnView):
    template_name = "clinic/accounts/factors/key_remove.html"


class _Codes(codes.ViewRecoveryCodesView):
    template_name = "clinic/accounts/factors/codes.html"


class _NewCodes(codes.GenerateRecoveryCodesView):
    template_name = "clinic/accounts/factors/codes_new.html"


class _DownloadCodes(codes.DownloadRecoveryCodesView):
    template_name = "clinic/accounts/factors/codes.txt"


class _ConfirmAddress(account.ConfirmEmailView):
    template_name = "clinic/accounts/factors/confirm_address.html"


class _AddressLetter(account.EmailVerificationSentView):
    template_name = "clinic/accounts/factors/address_letter.html"


authenticate = login_not_required(_Authenticate.as_view())
passkey_login = login_not_required(keys.LoginWebAuthnView.as_view())
confirm_address = login_not_required(_ConfirmAddress.as_view())
address_letter = login_not_required(_AddressLetter.as_view())
reauthenticate = ones_own(_Reauthenticate.as_view())
reauthenticate_by_code = ones_own(_ReauthenticateByCode.as_view())
reauthenticate_by_key = ones_own(_ReauthenticateByKey.as_view())
security = ones_own(_Index.as_view())
add_app = ones_own(_AddApp.as_view())
add_key = ones_own(_AddKey.as_view())
recovery_codes = ones_own(require_safe(_Codes.as_view()))
new_recovery_codes = ones_own(_NewCodes.as_view())
download_recovery_codes = ones_own(require_safe(_DownloadCodes.as_view()))
directory_login = calmly(directory.login)
directory_callback = calmly(directory.callback)

_remove_key, _remove_app = _RemoveKey.as_view(), _RemoveApp.as_view()


@ones_own
def remove_app(request: PracticeRequest) -> HttpResponseBase:
    """Ask for the app's codes no more, if any are asked for."""
    return _remove_app(request) if has_app(request.user) else redirect("mfa_index")


@ones_own
def remove_key(request: PracticeRequest, pk: int) -> HttpResponseBase:
    """Take a passkey off one's own account; somebody else's does not exist."""
    get_object_or_404(passkeys_of(request.user), pk=pk)
    return _remove_key(request, pk=pk)


@ones_own
@require_safe
def key_list(request: PracticeRequest) -> HttpResponse:
    """Where allauth leads after a passkey is gone: they are listed with the other factors."""
    return redirect("mfa_index")


@login_not_required
@require_safe
def account_inactive(request: HttpRequest) -> HttpResponse:
    """Said to somebody whose account is closed, once the password was right."""
    return render(request, "clinic/accounts/factors/account_inactive.html", status=403)


@login_not_required
@require_safe
def directory_cancelled(request: HttpRequest) -> HttpResponse:
    """Back from the directory without a yes."""
    return redirect("sign_in")


def second_step(request: HttpRequest, form: Any, typed: Typed) -> HttpResponse:
    """The page for the code, with what was typed before inside it, as a redirect cannot carry."""
    context = {"form": form, "typed": typed}
    return render(request, "clinic/accounts/factors/authenticate.html", context)
