"""Whoever reads what an exercise is takes the unsaid for not known, and never for a no."""

from __future__ import annotations

from dataclasses import replace

from patients.vocabulary import RESOURCES
from programs.exercises.definition import Definition
from programs.exercises.query import Wanted
from programs.exercises.rulebook.pages import may_touch
from programs.exercises.search.entries import search_entry
from programs.rules.book import Clause, RuleDefinition
from programs.rules.conditions import CaseTest
from programs.rules.trait_tests import ExerciseTest
from programs.sessions.guide import item_of
from tests.programs.rules.cases import CONTENT

KNOWN = CONTENT.definitions["heel-slide"]


def unsaid(*names: str) -> Definition:
    """The heel slide, of which nobody has said these."""
    traits = replace(KNOWN.traits, unknown=frozenset(names))
    return replace(KNOWN, slug="own-slide", traits=traits)


def test_a_session_watches_what_may_bend_the_back_and_credits_no_way() -> None:
    for names, bends in (((), False), (("movements",), True), (("head_lift",), False)):
        item = item_of("a", unsaid(*names), 7)
        assert (item.extends, item.flexes) == (bends, bends), names


def test_a_search_leaves_out_what_may_need_it() -> None:
    open_ = unsaid("floor_transfer", "kneeling", "leg_load", "balance", "external_load", "helper")
    added = set(search_entry(open_).needs) - set(search_entry(unsaid()).needs)
    places = {"kneeling", "jumping", "hopping", "impact", "balance", "weights", "bands"}
    assert places <= added
    assert RESOURCES["helper"] in added


def test_a_region_that_nobody_has_said_is_none() -> None:
    asked = Wanted(region=KNOWN.regions[0])
    assert asked.fits(unsaid())
    assert not asked.fits(unsaid("regions"))
    assert search_entry(unsaid("regions")).regions == ()


def test_a_rule_may_touch_it_where_it_warns_and_only_surely_where_it_prefers() -> None:
    def rule(verdict: str) -> RuleDefinition:
        test = ExerciseTest(flags=frozenset({"head_lift"}))
        clause = Clause(verdict, CaseTest(), test, "Why.", "Why.")
        return RuleDefinition("R1", 1, "One", "exercise", "S0", "", "explicit", (clause,))

    found = {v: may_touch(rule(v), unsaid("head_lift")) for v in ("caution", "preferred")}
    assert found == {"caution": True, "preferred": False}
