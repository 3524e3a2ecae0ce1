"""Passwords that everybody knows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from clinic import demo


def is_the_demos(password: str) -> bool:
    """Whether it is the password of the demo, or that with a little on it."""
    return demo.PASSWORD.replace("-", "") in "".join(password.casefold().split()).replace("-", "")


class NotTheDemosValidator:
    """Refuses what stands in the README for everybody to read."""

    def validate(self, password: str, user: Any = None) -> None:
        """``ValidationError`` for the demo's password in any spelling."""
        if is_the_demos(password):
            raise ValidationError("This password is the demo's, which everybody knows.")

    def get_help_text(self) -> str:
        """What the form says beside the field."""
        return "Your password can’t be the demo’s."
