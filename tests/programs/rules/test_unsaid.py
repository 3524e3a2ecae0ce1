"""What nobody has said of an exercise may be so: the rules never take it for a no, and say so."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
import textstat
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.parsing.errors import DefinitionError
from clinic.parsing.reader import Reader
from programs.exercises.definition import parse_definition
from programs.exercises.entry_traits import parse_traits
from programs.rules.book import SEVERITY
from programs.rules.engine import Engine, judge, sides_of
from programs.rules.facts import RULE_DEFAULTS, CaseFacts
from programs.rules.traits import FLAGS, Traits
from programs.rules.unsaid import UNSAID, led_for_patient, unsaid_words
from programs.rules.weighing import active_clauses, touching
from tests.programs.rules.cases import CONTENT, TRAITS, case, finding
from tests.programs.rules.strategies import cases
from tests.programs.rules.unsaid_strategies import entries, names, said, without

few = settings(max_examples=40, deadline=None)


@few
@given(cases, entries, names, st.data())
def test_what_is_not_known_is_never_judged_more_mildly_than_what_it_may_be(
    facts: CaseFacts, slug: str, unknown: frozenset[str], data: st.DataObject
) -> None:
    """Neither than what it turns out to be, nor than what is still open when a part is said."""
    before = without(TRAITS[slug], unknown)
    answers = data.draw(st.frozensets(st.sampled_from(sorted(UNSAID)))) & unknown
    after = data.draw(said(before, data.draw(st.sampled_from([unknown, answers]))))
    for side in sides_of(before):
        where = side if after.sided else ""
        open_ = judge(CONTENT.rules, facts, slug, before, side)
        told = judge(CONTENT.rules, facts, slug, after, where)
        assert SEVERITY[open_.verdict] >= SEVERITY[told.verdict]
        assert {r.rule for r in told.reasons if r.verdict != "preferred"} <= {
            r.rule for r in open_.reasons
        }


@few
@given(cases, entries, names, st.data())
def test_a_preference_surely_holds(
    facts: CaseFacts, slug: str, unknown: frozenset[str], data: st.DataObject
) -> None:
    """What is preferred with something unsaid is so whatever it turns out to be."""
    before = without(TRAITS[slug], unknown)
    after = data.draw(said(before, unknown))
    active = active_clauses(CONTENT.rules, facts, RULE_DEFAULTS)
    good = [a for a in active if a.severity == SEVERITY["preferred"]]
    for side in sides_of(before):
        where = ((before, side), (after, side if after.sided else ""))
        wanted = [{a.said.rule for a in touching(good, t, on)} for t, on in where]
        assert wanted[0] <= wanted[1]


@settings(max_examples=15, deadline=None)
@given(cases, st.lists(st.tuples(entries, names), min_size=1, max_size=4))
def test_the_fast_engine_means_what_the_plain_one_means_of_what_is_unsaid(
    facts: CaseFacts, made: list[tuple[str, frozenset[str]]]
) -> None:
    """Alone, beside others, and taken over from an engine that knew them in another order."""
    own = {f"own-{n}": without(TRAITS[s], names) for n, (s, names) in enumerate(made)}
    entries = {"walking": TRAITS["walking"], **own}
    first = Engine(CONTENT.rules, entries)
    found = first.assess(facts)
    assert found == [
        judge(CONTENT.rules, facts, slug, traits, side)
        for slug, traits in entries.items()
        for side in sides_of(traits)
    ]
    mixed = {**dict(reversed(entries.items())), "own-9": entries["own-0"]}
    assert first.over(mixed, CONTENT.rules).assess(facts) == Engine(CONTENT.rules, mixed).assess(
        facts
    )


def test_only_what_is_possible_says_so_and_what_is_sure_is_said_first() -> None:
    back = case("lumbar_foraminal_stenosis", "left")
    told = dict.fromkeys(("arms_overhead", "head_lift"), "")
    curl = without(TRAITS["standing-back-extension"], frozenset({"range", "mode", *told}))
    (reason, *_) = judge(CONTENT.rules, back, "own-x", curl, "").reasons
    assert reason.rule == "R04"
    assert reason.verdict == "contraindicated"
    assert reason.reason.startswith(
        "Nobody has said of this exercise how far it moves. It may be so: Arching"
    )
    assert reason.patient.startswith("We were not told how far it moves. To be safe: Arching")
    sure = dataclasses.replace(curl, unknown=frozenset(told))
    assert not judge(CONTENT.rules, back, "own-x", sure, "").reasons[0].reason.startswith("Nobody")


def test_an_unsaid_trait_keeps_a_question_about_the_patient_open() -> None:
    unsaid = without(TRAITS["walking"], frozenset({"head_below_heart"}))
    found = [judge(CONTENT.rules, CaseFacts(), "x", t, "") for t in (TRAITS["walking"], unsaid)]
    assert [("glaucoma" in a.unanswered) for a in found] == [False, True]
    glaucoma = judge(CONTENT.rules, finding("glaucoma"), "x", unsaid, "")
    assert glaucoma.reasons[0].verdict == "contraindicated"


def test_every_trait_that_can_be_unsaid_has_words_that_are_easy_to_read() -> None:
    fields = {f.name for f in dataclasses.fields(Traits)}
    assert set(UNSAID) <= fields | set(FLAGS) | {"range", "mode", "degrees", "limb"}
    assert set(FLAGS) <= set(UNSAID)
    hard = {name: led_for_patient([name], "Go gently.") for name in UNSAID}
    assert {n: t for n, t in hard.items() if textstat.flesch_kincaid_grade(t) > 6} == {}
    assert unsaid_words(["mode", "range"]) == "how far it moves and if it is held or moves"
    assert unsaid_words([]) == ""


_TOLD: dict[str, Any] = {
    "slug": "own-1", "edition": 3, "name": "Reach", "summary": "Reach up.", "kind": "exercise",
    "phase": "stretch", "sided": True, "position": "standing", "regions": ["shoulder"],
    "effort": "passive_stretch", "steps": ["Stand.", "Reach.", "Stop."], "author": "Alice",
    "licence": "ours", "source": [{"id": "own"}],
    "dosage": [{"label": "Start", "source": "own", "reps": [8, 8]}],
}  # fmt: skip


def test_what_nobody_has_said_is_read_strictly() -> None:
    def read(**more: Any) -> Traits:
        return parse_definition({**_TOLD, **more}, stored=True).traits

    assert read().unknown == frozenset()
    assert read(unknown=["leg_load", "head_lift"]).unknown == {
        "leg_load", "leg_load_other", "head_lift"
    }  # fmt: skip
    told = read(unknown=["leg_load"], leg_load="full", leg_load_other="none")
    assert told.unknown == {"leg_load"}
    for wrong in (
        {"unknown": ["position"]},
        {"unknown": ["head_lift"], "flags": ["head_lift"]},
        {"unknown": ["range"], "slug": "reach"},
    ):
        with pytest.raises(DefinitionError, match="unknown"):
            read(**wrong)
    raised = {"flags": ["arms_overhead"], "unknown": ["movements"]}
    assert read(**raised).movements == ()
    assert [m.part for m in parse_traits(Reader({**_TOLD, **raised, "unknown": []})).movements] == [
        "shoulder_both"
    ]
