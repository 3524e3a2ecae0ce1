"""How each rule stands with the physiotherapists of a practice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clinic.models import Practice
from programs.exercises.models import Rule
from programs.exercises.rulebook.made import made_digests
from programs.exercises.rulebook.models import OwnRule, RuleReview, RuleSaying
from programs.exercises.rulebook.own import holds, own_rules
from programs.rules.own import OFF


@dataclass(slots=True)
class RuleStanding:
    """What was said of one rule. ``digest``: its content now.

    ``signed``: the signature that counts. ``before``: one for content that has changed since.
    ``own``: what the practice decided about it last.
    """

    digest: str
    signed: RuleReview | None = None
    before: RuleReview | None = None
    said: list[RuleReview] = field(default_factory=list)
    own: OwnRule | None = None

    @property
    def comments(self) -> list[RuleReview]:
        """Comments on it, the oldest first, whichever version they were about."""
        return [row for row in self.said if row.kind == RuleSaying.COMMENT]

    @property
    def own_holds(self) -> bool:
        """Whether the practice has the rule stricter, or switched off."""
        return self.own is not None and holds(self.own, self.digest)

    @property
    def came_back(self) -> bool:
        """Whether it was switched off, and has changed since."""
        return self.own is not None and self.own.way == OFF and not self.own_holds

    @property
    def changed(self) -> bool:
        """Whether it was signed, and has changed since."""
        return self.signed is None and self.before is not None

    def hear(self, row: RuleReview) -> None:
        """Take in what was said next."""
        self.said.append(row)
        if row.kind == RuleSaying.COMMENT:
            return
        signature = row if row.kind == RuleSaying.SIGNED else None
        if row.digest == self.digest:
            self.signed = signature
        else:
            self.before = signature


def digests_now() -> dict[str, str]:
    """Rule → what names its content, of the rules that are in use."""
    return dict(Rule.objects.filter(retired_at=None).values_list("slug", "digest"))


def standings(practice: Practice, rules: Iterable[str]) -> Mapping[str, RuleStanding]:
    """How these rules stand, in two queries, and two more where the practice changed any."""
    digests, own = {**digests_now(), **made_digests(practice)}, own_rules(practice)
    found = {code: RuleStanding(digests.get(code, ""), own=own.get(code)) for code in rules}
    for row in practice.rule_reviews.select_related("made_by").order_by("pk"):
        if row.rule in found:
            found[row.rule].hear(row)
    return found


def coverage(found: Mapping[str, RuleStanding]) -> str:
    """``31 of 140 rules signed``."""
    signed = sum(standing.signed is not None for standing in found.values())
    return f"{signed} of {len(found)} rules signed"
