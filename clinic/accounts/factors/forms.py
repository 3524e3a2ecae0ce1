"""allauth's forms: nonsense for a passkey is refused and nothing worse, a code is good for once."""

from __future__ import annotations

from typing import Any, Final

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput

from clinic.guesses.counting import Budget, Closed, guess_key, take
from clinic.guesses.limits import USED_CODES

_LONGEST: Final = 20_000
_NONSENSE: Final = (KeyError, AttributeError, TypeError, ValueError, RecursionError)
"""What the libraries below fall over where a part of the answer is missing or is something else."""


def _refusal() -> ValidationError:
    return ValidationError("That did not work. Try again, or choose another way.")


class CredentialField(forms.JSONField):
    """What a browser sends of a passkey: JSON, not too long and not too deep."""

    def __init__(self) -> None:
        super().__init__(required=True, widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        """Read it, unless it cannot be one."""
        if isinstance(value, str) and len(value) > _LONGEST:
            raise _refusal()
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise _refusal() from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing of it is shown again: each answer of a passkey is good for once."""
        return InvalidJSONInput("")


class _Answer(forms.Form):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        """The passkey that was shown; anything else is refused."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            raise
        except _NONSENSE as error:
            raise _refusal() from error


class _CodeOnce(codes.BaseAuthenticateForm):
    """A code of an app is remembered in the database: allauth knows it in one process only."""

    def clean_code(self) -> str:
        """The code, which nobody has used before."""
        code = str(super().clean_code())
        if self.authenticator.type == Authenticator.Type.TOTP:
            used = guess_key("used-code", f"{self.user.pk}:{normalize_user_code(code)}")
            if isinstance(take(Budget(used, USED_CODES)), Closed):
                raise ValidationError("That code has been used. Wait for the next one.")
        return code


class CodeStepForm(_CodeOnce, codes.AuthenticateForm):
    """A code after a password."""


class CodeAgainForm(_CodeOnce, codes.ReauthenticateForm):
    """A code of somebody who is signed in."""


class PasskeySignInForm(_Answer, keys.LoginWebAuthnForm):
    """Sign in with a passkey alone."""

    credential = CredentialField()


class PasskeyStepForm(_Answer, keys.AuthenticateWebAuthnForm):
    """A passkey after a password."""

    credential = CredentialField()


class PasskeyAgainForm(_Answer, keys.ReauthenticateWebAuthnForm):
    """A passkey of somebody who is signed in."""

    credential = CredentialField()


class PasskeyAddForm(keys.AddWebAuthnForm):
    """A new passkey, with a name to know it by."""

    credential = CredentialField()
    name = forms.CharField(label="Name", required=False, max_length=60)
    passwordless = forms.BooleanField(
        label="It signs me in by itself",
        required=False,
        help_text="Without your password. The device then asks for your finger, face or PIN.",
    )

    def clean(self) -> dict[str, Any]:
        """Check what the device made; anything else is refused."""
        try:
            return super().clean()
        except ValidationError:
            raise
        except _NONSENSE as error:
            raise _refusal() from error
