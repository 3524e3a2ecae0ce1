"""Who wrote an exercise of a practice's own, and under which terms."""

from __future__ import annotations

from typing import Final

from clinic.models import User

OWN_LICENCE: Final = "All rights stay with the practice"


def author_of(user: User) -> str:
    """The name that stands under the words."""
    return user.full_name or "A clinician of the practice"
