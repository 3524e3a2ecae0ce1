"""A form's e-mail address that a letter can be written to.

Django's check takes domains that no letter goes to, such as one with a mark of direction that was
copied along. A letter to it would fail later, and so would every letter that gives it for answers.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.mail.message import sanitize_address
from django.core.validators import EmailValidator, validate_email


def check_mail_address(text: str) -> None:
    """Write it as the head of a letter does; a ``ValidationError`` where that does not go."""
    validate_email(text)
    try:
        written = sanitize_address(text, "utf-8")
    except ValueError:
        written = ""
    if not text.isprintable():
        written = ""
    validate_email(written)


class MailAddressField(forms.EmailField):
    """What cannot be seen in it is taken out: it was not typed."""

    def __init__(self, **kwargs: Any) -> None:
        """Our check in the place of Django's, which is the first part of it."""
        super().__init__(**kwargs)
        others = [check for check in self.validators if not isinstance(check, EmailValidator)]
        self.validators = [check_mail_address, *others]

    def to_python(self, value: Any) -> str:
        """The address without marks of direction, joiners and other signs that show nothing."""
        text = super().to_python(value) or ""
        return "".join(c for c in text if unicodedata.category(c) != "Cf")
