"""Signing a rule, taking that back, commenting: added to what was said before, and audited.

Each says which content was read. Sent twice it is there once.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from clinic import audit
from clinic.models import Practice, User
from clinic.outcomes import Refused
from programs.exercises.rulebook.models import RuleReview, RuleSaying
from programs.exercises.rulebook.standings import RuleStanding, standings
from programs.rules.book import RuleDefinition

_CHANGED = "This rule has changed while the page was open. Read it again; what you typed is kept."
_NOT_SIGNED = "This rule is not signed as it stands."


@transaction.atomic
def sign_rule(
    *,
    practice: Practice,
    actor: User,
    rule: RuleDefinition,
    seen: str,
    name: str,
    registration: str,
    signed_on: dt.date,
) -> bool:
    """Sign the rule as it was read; whether that is new."""
    standing = _locked(practice, rule, seen)
    given = {"name": name, "registration": registration, "signed_on": signed_on}
    if standing.signed and all(getattr(standing.signed, key) == given[key] for key in given):
        return False
    _say(practice, actor, rule, seen, RuleSaying.SIGNED, **given)
    return True


@transaction.atomic
def withdraw_signature(*, practice: Practice, actor: User, rule: RuleDefinition, seen: str) -> None:
    """Let the signature count no longer; it stays on record."""
    standing = _locked(practice, rule, seen)
    if standing.signed is None:
        raise Refused(_NOT_SIGNED)
    _say(practice, actor, rule, seen, RuleSaying.WITHDRAWN)


@transaction.atomic
def comment_on_rule(
    *, practice: Practice, actor: User, rule: RuleDefinition, seen: str, words: str
) -> bool:
    """Say something about the rule as it was read; whether it was not said just before."""
    standing = _locked(practice, rule, seen)
    last = standing.comments[-1] if standing.comments else None
    if last and (last.words, last.made_by_id, last.digest) == (words, actor.pk, seen):
        return False
    _say(practice, actor, rule, seen, RuleSaying.COMMENT, words=words)
    return True


def _locked(practice: Practice, rule: RuleDefinition, seen: str) -> RuleStanding:
    """How it stands now; ``Refused`` where its content is not what was read."""
    Practice.objects.select_for_update().get(pk=practice.pk)
    standing = standings(practice, [rule.id])[rule.id]
    if not seen or standing.digest != seen:
        raise Refused(_CHANGED)
    return standing


def _say(
    practice: Practice, actor: User, rule: RuleDefinition, digest: str, kind: str, **said: Any
) -> None:
    row = RuleReview.objects.create(
        practice=practice,
        rule=rule.id,
        version=rule.version,
        digest=digest,
        kind=kind,
        made_by=actor,
        **said,
    )
    audit.record(practice=practice, actor=actor, action=f"rule.{kind}", target=row, rule=rule.key)
