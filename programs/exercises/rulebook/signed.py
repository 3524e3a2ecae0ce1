"""The signatures of a practice's physiotherapists, as the rules carry them."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet

from clinic.models import Practice
from programs.exercises.rulebook.models import RuleReview, RuleSaying
from programs.rules.book import RuleDefinition

Signed = dict[tuple[str, str], RuleReview]
"""By rule and digest: the signature under this content."""


def signings() -> QuerySet[RuleReview]:
    """Signatures given and taken back, of every practice, the latest first."""
    kinds = (RuleSaying.SIGNED, RuleSaying.WITHDRAWN)
    return RuleReview.objects.filter(kind__in=kinds).order_by("-pk")


def signed_by(practice: Practice) -> Signed:
    """Every signature that was not taken back since; one query."""
    found: Signed = {}
    for row in signings().filter(practice=practice).reverse():
        found[row.rule, row.digest] = row
    return {key: row for key, row in found.items() if row.kind == RuleSaying.SIGNED}


def with_signature(rule: RuleDefinition, row: RuleReview | None) -> RuleDefinition:
    """The rule as reviewed by whoever signed it here; as it comes where nobody did."""
    if row is None or row.signed_on is None:
        return rule
    return replace(rule, reviewed_by=row.signature, reviewed_on=row.signed_on.isoformat())
