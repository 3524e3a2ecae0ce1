"""The rules of a file are kept as a whole: every one of them, or none."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from django.db import transaction

from clinic.models import Practice, User
from clinic.outcomes import Refused
from programs.exercises.rulebook.made_actions import keep_made
from programs.exercises.rulebook.own_actions import change_rule
from programs.verdicts.own_rules.rule_file import RuleFile, try_rules

_CHANGED: Final = "The rules of your practice have changed meanwhile. Look at the file again."

_LONGEST: Final = 500
"""Characters of the reason that stands with a rule."""
_TOO_LONG: Final = (
    "With the reason in the file, what rule {} says is too long by {} characters. Say it shorter."
)


@transaction.atomic
def keep_rules(*, practice: Practice, actor: User, file: RuleFile, shown: str, why: str) -> None:
    """Keep what a file adds and changes. ``shown``: the digest of what somebody was shown of it.

    :class:`Refused` where the practice's rules have changed since, so that it would do otherwise.
    """
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    found = try_rules(file, locked)
    if found.problems or found.digest != shown:
        raise Refused(_CHANGED)
    for table in found.tables:
        keep_made(practice=practice, actor=actor, data=table, why=why, key=uuid4())
    for kept in found.kept:
        reason = kept.reason_with(why)
        if len(reason) > _LONGEST:
            raise Refused(_TOO_LONG.format(kept.rule.id, len(reason) - _LONGEST))
        change_rule(
            practice=practice,
            actor=actor,
            rule=kept.rule,
            seen=kept.seen,
            way=kept.way,
            reason=reason,
            note=kept.note,
        )
