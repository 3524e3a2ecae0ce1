"""What the rules say of the case itself, before any exercise is looked at.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from patients.vocabulary import STOPPING_ROUTES, routes_of
from programs.rules.book import RuleDefinition
from programs.rules.conditions import Truth
from programs.rules.facts import RULE_DEFAULTS, CaseFacts, RuleSettings
from programs.rules.verdict import Reason
from programs.rules.weighing import one_per_rule, reason_of, words_about


@dataclass(frozen=True, slots=True)
class CaseAssessment:
    """What the rules say of the case itself. ``stopped``: nothing may be issued."""

    stopped: bool
    urgent: tuple[Reason, ...]
    refer: tuple[Reason, ...]
    notes: tuple[Reason, ...]


def assess_case(
    rules: Iterable[RuleDefinition], case: CaseFacts, settings: RuleSettings = RULE_DEFAULTS
) -> CaseAssessment:
    """What case-level rules say: urgent flags, referrals and notes."""
    found: dict[str, list[Reason]] = {"urgent": [], "refer": [], "info": []}
    words = words_about("", settings)
    for rule in rules:
        for clause in rule.clauses:
            if rule.level != "case" and not clause.about_case:
                continue
            if clause.case.evaluate(case, settings).truth is Truth.YES:
                found[clause.verdict].append(reason_of(rule, clause, words, case.said))
    urgent = {reason.rule for reason in found["urgent"]}
    return CaseAssessment(
        stopped=is_stopped(case),
        urgent=one_per_rule(found["urgent"]),
        refer=one_per_rule(r for r in found["refer"] if r.rule not in urgent),
        notes=one_per_rule(found["info"]),
    )


def is_stopped(case: CaseFacts) -> bool:
    """Whether a red flag stops prescribing, alone or with others; a cleared one is no yes."""
    yes = [c for c, said in (*case.red_flags.items(), *case.findings.items()) if said]
    routes = routes_of(yes, [c.code for c in case.conditions]) if yes else {}
    return any(route in STOPPING_ROUTES for route in routes.values())
