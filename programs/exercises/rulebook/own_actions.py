"""An owner keeps a rule otherwise: one row more, and every running program is judged anew."""

from __future__ import annotations

import hashlib

from django.db import transaction

from clinic import audit
from clinic.models import Practice, User
from clinic.outcomes import Refused
from programs.exercises.rulebook.models import OwnRule
from programs.exercises.rulebook.own import own_rules
from programs.exercises.rulebook.standings import digests_now
from programs.rules.book import RuleDefinition
from programs.rules.own import AS_WRITTEN, ways_of

_CHANGED = "This rule, or what was decided about it, has changed meanwhile. Look at it again."
_NOT_SO = "This rule cannot be kept in this way."


@transaction.atomic
def change_rule(
    *,
    practice: Practice,
    actor: User,
    rule: RuleDefinition,
    seen: str,
    way: str,
    reason: str,
    note: str,
) -> bool:
    """Keep ``rule``, as it is written, in this way from now on; whether that is new.

    ``seen``: what :func:`state_of` said when the page was made. The change of the practice's row
    lets the database note every running program as not judged yet.
    """
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    last, digest = own_rules(locked).get(rule.id), digests_now().get(rule.id, "")
    before = (last.way, last.reason, last.note) if last else (AS_WRITTEN, "", "")
    if before == (way, reason, note) and (last is None or last.digest == digest):
        return False
    if seen != state_of(digest, last):
        raise Refused(_CHANGED)
    if way not in ways_of(rule):
        raise Refused(_NOT_SO, "way")
    row = OwnRule.objects.create(
        practice=practice,
        rule=rule.id,
        version=rule.version,
        digest=digest,
        way=way,
        reason=reason,
        note=note,
        made_by=actor,
    )
    practice.own_rules = _named(locked, row)
    practice.save(update_fields=["own_rules"])
    audit.record(
        practice=practice,
        actor=actor,
        action="rule.change",
        target=row,
        rule=rule.key,
        way=way,
        noted=bool(note),
    )
    return True


def state_of(digest: str, last: OwnRule | None) -> str:
    """Names a rule's content and what was decided about it last."""
    return f"{digest}:{last.pk if last else 0}"


def _named(practice: Practice, row: OwnRule) -> str:
    """A name that no other state of any practice's rules has; none where all is as written."""
    newest = {**own_rules(practice), row.rule: row}
    plain = all(kept.way == AS_WRITTEN and not kept.note for kept in newest.values())
    if plain and not practice.made_rules.exists():
        return ""
    parts = (practice.own_rules, row.pk, row.rule, row.way, row.reason, row.note, row.made_at)
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
