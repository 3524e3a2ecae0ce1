"""The rules of a file are kept as a whole: every one of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from django.db import transaction

from clinic.models import Practice, User
from clinic.outcomes import Refused
from programs.exercises.rulebook.made_actions import keep_made
from programs.verdicts.own_rules.rule_file import try_rules

_CHANGED: Final = "The rules of your practice have changed meanwhile. Look at the file again."


@transaction.atomic
def keep_rules(
    *, practice: Practice, actor: User, tables: Sequence[Mapping[str, Any]], shown: str, why: str
) -> None:
    """Keep what a file adds. ``shown``: the digest of what somebody was shown of it.

    :class:`Refused` where the practice's rules have changed since, so that it would add others.
    """
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    found = try_rules(tables, locked)
    if found.problems or found.digest != shown:
        raise Refused(_CHANGED)
    for table in found.tables:
        keep_made(practice=practice, actor=actor, data=table, why=why, key=uuid4())
