"""Short ways to write a case and ask the shipped rules about it."""

from __future__ import annotations

from functools import cache

from programs.exercises.catalogue_files import built_in
from programs.rules.engine import Assessment, Engine
from programs.rules.facts import CaseFacts, ConditionFact, SurgeryFact
from tests.programs.exercises.decided import FIRST

CONTENT = built_in()
TRAITS = {slug: d.traits for slug, d in CONTENT.definitions.items()}


@cache
def engine() -> Engine:
    return Engine(CONTENT.rules, TRAITS)


def foraminal(side: str, **facts: object) -> CaseFacts:
    return case("lumbar_foraminal_stenosis", side, **facts)


def canal(**facts: object) -> CaseFacts:
    return case("lumbar_canal_stenosis", "central", **facts)


def case(code: str = "", side: str = "unspecified", **facts: object) -> CaseFacts:
    conditions = (ConditionFact(code, side),) if code else ()
    return CaseFacts(conditions=conditions, **facts)  # type: ignore[arg-type]


def finding(*codes: str, side: str = "") -> CaseFacts:
    sides = dict.fromkeys(codes, side) if side else {}
    return CaseFacts(findings=dict.fromkeys(codes, True), finding_sides=sides)


def surgery(code: str, weeks: int | None, side: str = "", approach: str = "") -> CaseFacts:
    return CaseFacts(surgeries=(SurgeryFact(code, weeks, side, approach),))


def verdicts(facts: CaseFacts) -> dict[str, str]:
    """``slug`` or ``slug/side`` → verdict, for the whole catalogue."""
    return {_key(a): a.verdict for a in engine().assess(facts)}


def fired(facts: CaseFacts, rule: str, *, everywhere: bool = False) -> dict[str, str]:
    """``slug`` or ``slug/side`` → the verdict this rule gave, where it spoke.

    Of the first entries, for which it was decided one by one; what came later is judged by the same
    traits, and by the laws and stories beside. ``everywhere``: of the whole catalogue.
    """
    found = engine().assess(facts, only=None if everywhere else sorted(FIRST))
    return {_key(a): r.verdict for a in found for r in a.reasons if r.rule == rule}


def noted(facts: CaseFacts, rule: str) -> set[str]:
    """Where this rule left a note, among the same."""
    found = engine().assess(facts, only=sorted(FIRST))
    return {_key(a) for a in found for r in a.notes if r.rule == rule}


def one(facts: CaseFacts, slug: str, side: str = "") -> Assessment:
    return next(a for a in engine().assess(facts, only=[slug]) if a.side == side)


def _key(a: Assessment) -> str:
    return f"{a.exercise}/{a.side}" if a.side else a.exercise


def both(*slugs: str) -> set[str]:
    """Each sided slug, left and right."""
    return {f"{slug}/{side}" for slug in slugs for side in ("left", "right")}
