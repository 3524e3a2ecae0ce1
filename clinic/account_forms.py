"""Forms about a person's own account."""

from typing import Any

from django import forms
from django.contrib.auth import forms as auth
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from clinic.models import User


class SignInForm(auth.AuthenticationForm):
    """E-mail address and password."""

    error_messages = {  # noqa: RUF012 (declared so by Django)
        "invalid_login": "That e-mail address and password do not go together. Try again.",
        "inactive": "This account is closed.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the first field for what people type there."""
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.label = "E-mail address"
        username.widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": True, "maxlength": 254}
        )

    def get_invalid_login_error(self) -> ValidationError:
        """One message, whichever of the two is wrong."""
        return ValidationError(self.error_messages["invalid_login"], code="invalid_login")


class ForgotPasswordForm(auth.PasswordResetForm):
    """Ask for a link by e-mail."""

    def get_users(self, email: str) -> QuerySet[User]:
        """People who may sign in, those without a password yet included."""
        return User.objects.filter(email=User.objects.normalize_email(email), is_active=True)


class SetPasswordForm(auth.SetPasswordForm):
    """A new password, twice."""


class ChangePasswordForm(auth.PasswordChangeForm):
    """The old password, and a new one twice."""
