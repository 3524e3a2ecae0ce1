"""An owner writes a rule, changes it or takes it out: a row more, and all programs judged anew."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from clinic import audit
from clinic.models import Practice, User
from clinic.outcomes import Refused
from clinic.parsing.digests import digest_of
from clinic.parsing.errors import DefinitionError
from patients.models.case_reading import practice_today
from programs.exercises.rulebook.made import newest_made
from programs.exercises.rulebook.models import MadeRule
from programs.rules.made import MADE_RULE, made_rule

MOST_MADE: Final = 50
"""Rules that a practice may have of its own at a time."""
_CHANGED = "This rule has changed meanwhile. Look at it again."
_KEPT = "This form is kept already, as rule {rule}. Change that rule, or begin a new form."
OF_A_VERSION: Final = frozenset({"id", "version", "change"})
"""Keys of a stored rule that say which version it is, and nothing of what it says."""
_TOO_MANY = f"A practice has at most {MOST_MADE} rules of its own."


@transaction.atomic
def keep_made(
    *,
    practice: Practice,
    actor: User,
    data: Mapping[str, Any],
    why: str,
    key: UUID,
    rule: str = "",
    seen: int = 0,
) -> MadeRule:
    """Keep a new rule, or the next version of ``rule``. The same ``key`` keeps one.

    ``data``: the table without id and version. ``seen``: the row that was looked at. Other words
    by a ``key`` that was used are refused: nobody is told that they hold.
    """
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    done = practice.made_rules.filter(key=key).first()
    if done is not None:
        if {k: v for k, v in done.data.items() if k not in OF_A_VERSION} != data:
            raise Refused(_KEPT.format(rule=done.rule))
        return done
    rows = newest_made(locked)
    last = rows.get(rule)
    if rule and (last is None or not last.live or last.pk != seen):
        raise Refused(_CHANGED)
    if last is None and sum(row.live for row in rows.values()) >= MOST_MADE:
        raise Refused(_TOO_MANY)
    name = last.rule if last else f"{MADE_RULE}{len(rows) + 1}"
    whole = {**data, "id": name, "version": last.version + 1 if last else 1}
    if last is not None:
        today = practice_today(practice).isoformat()
        whole["change"] = [{"version": whole["version"], "on": today, "what": why}]
    try:
        made_rule(whole)
    except DefinitionError as error:
        raise Refused(f"This rule cannot be kept: {error.reason}.") from error
    return _add(locked, practice, actor, whole, why=why, key=key, live=True)


@transaction.atomic
def retire_made(
    *, practice: Practice, actor: User, rule: str, seen: int, why: str, key: UUID
) -> MadeRule:
    """Let a rule hold no longer; what it said stays on record. Twice is once."""
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    last = newest_made(locked).get(rule)
    if last is not None and not last.live:
        return last
    if last is None or last.pk != seen:
        raise Refused(_CHANGED)
    return _add(locked, practice, actor, last.data, why=why, key=key, live=False)


def _add(
    locked: Practice,
    practice: Practice,
    actor: User,
    data: Mapping[str, Any],
    *,
    why: str,
    key: UUID,
    live: bool,
) -> MadeRule:
    """The change of the practice's row lets the database note every running program as unjudged."""
    row = MadeRule.objects.create(
        practice=practice,
        rule=data["id"],
        version=data["version"],
        digest=digest_of(data),
        data=data,
        live=live,
        why=why,
        key=key,
        made_by=actor,
    )
    parts = (locked.own_rules, "made", row.pk, row.rule, row.digest, live, row.made_at)
    practice.own_rules = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
    practice.save(update_fields=["own_rules"])
    audit.record(
        practice=practice,
        actor=actor,
        action="rule.make" if live else "rule.retire",
        target=row,
        rule=f"{row.rule}@{row.version}",
        verdict=data["clause"][0]["verdict"],
    )
    return row
