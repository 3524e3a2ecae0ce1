"""Forms about a person's own account."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import forms as auth
from django.core.exceptions import ValidationError

from clinic.accounts.passwords import is_the_demos
from clinic.mail_address import MailAddressField
from clinic.models import Membership, User

WHAT_IT_TAKES = "At least 10 characters, not only digits, and nothing that is easy to guess."
"""What the validators of the settings ask, before anything is typed."""


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

    def confirm_login_allowed(self, user: Any) -> None:
        """Also not with a password that stands in the README, except where it is meant."""
        super().confirm_login_allowed(user)
        if not settings.DEVELOPMENT and is_the_demos(self.cleaned_data["password"]):
            raise ValidationError(
                "Everybody knows this password. Set a new one by e-mail, with the link below."
            )

    def get_invalid_login_error(self) -> ValidationError:
        """One message, whichever of the two is wrong."""
        return ValidationError(self.error_messages["invalid_login"], code="invalid_login")


class NewPasswordForm(auth.SetPasswordForm):
    """A new password, twice. What it may not be is said in one sentence, and of each once tried."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """In plain words in place of the framework's list."""
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = WHAT_IT_TAKES
        self.fields["new_password2"].label = "The same once more"
        self.fields["new_password2"].help_text = ""


class SetPasswordForm(NewPasswordForm):
    """A new password, twice, by the link in a letter."""

    def __init__(self, *args: Any, temp_key: str = "", **kwargs: Any) -> None:
        """The key of the letter has been looked at before; it is not needed here."""
        super().__init__(*args, **kwargs)


class ChangePasswordForm(NewPasswordForm, auth.PasswordChangeForm):
    """The old password, and a new one twice."""


class JoinForm(NewPasswordForm):
    """Somebody new: their name, and a password twice. The address is the invited one."""

    full_name = forms.CharField(label="Your name", max_length=120)
    field_order = ("full_name", "new_password1", "new_password2")

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        """Check the password against the address; no account is made here."""
        super().__init__(User(email=address), *args, **kwargs)

    def clean_full_name(self) -> str:
        """On one line; the password is compared with it, too."""
        self.user.full_name = " ".join(self.cleaned_data["full_name"].split())
        return self.user.full_name


class NewAddressForm(forms.Form):
    """The address to sign in with from now on."""

    address = MailAddressField(
        label="New e-mail address",
        max_length=254,
        help_text="A letter with a link goes there.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """``user``: whose it will be."""
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_address(self) -> str:
        """In its one spelling, and another than now."""
        address = User.objects.normalize_email(self.cleaned_data["address"])
        if address == self.user.email:
            raise ValidationError("You sign in with this address already.")
        return address


class StartPracticeForm(forms.Form):
    """Which of one's practices to begin in."""

    practice = forms.ChoiceField(
        label="After signing in I work in",
        help_text="New patients go to the practice you work in. Joining another changes nothing.",
    )

    def __init__(self, *args: Any, memberships: Sequence[Membership], **kwargs: Any) -> None:
        """Only one's own practices."""
        super().__init__(*args, **kwargs)
        field = self.fields["practice"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(str(m.practice_id), m.practice.full_title) for m in memberships]
