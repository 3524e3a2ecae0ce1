"""Forms about a person's own account."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import forms as auth
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from clinic.models import User

#: At most one password link by e-mail for each account in this time.
MAIL_INTERVAL = timedelta(minutes=5)


class SignInForm(auth.AuthenticationForm):
    """E-mail address and password."""

    error_messages = {
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

    def get_users(self, email: str) -> list[User]:
        """Who gets a link: people who may sign in, those without a password yet included.

        Asking again within a few minutes sends nothing, so that nobody's letterbox can be filled.
        """
        now = timezone.now()
        due = User.objects.filter(
            Q(password_mail_at=None) | Q(password_mail_at__lt=now - MAIL_INTERVAL),
            email=User.objects.normalize_email(email),
            is_active=True,
        )
        found = list(due)
        # Of two requests at the same moment, one finds the row changed and sends nothing.
        return [user for user in found if due.filter(pk=user.pk).update(password_mail_at=now)]


class SetPasswordForm(auth.SetPasswordForm):
    """A new password, twice."""


class ChangePasswordForm(auth.PasswordChangeForm):
    """The old password, and a new one twice."""
