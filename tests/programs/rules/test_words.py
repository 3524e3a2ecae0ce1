"""What a rule says fits the exercise: its position, and what the body does there.

Every rule is rendered with every entry that it can match, in every position.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

from programs.rules.book import Clause
from programs.rules.conditions import CaseTest
from programs.rules.engine import judge
from programs.rules.facts import CaseFacts
from programs.rules.traits import POSITIONS, Traits
from tests.programs.rules.cases import CONTENT, TRAITS, finding, one, surgery
from tests.programs.rules.imagined import IMAGINED

LYING = frozenset(
    {"supine", "hooklying", "prone", "side_lying", "prone_on_elbows", "supine_legs_up"}
)
ON_BACK = frozenset({"supine", "hooklying"})
UPRIGHT = frozenset(
    {
        "standing",
        "single_leg_standing",
        "lunge",
        "step_standing",
        "tandem_standing",
        "wall_leaning",
    }
)
ON_KNEES = frozenset({"kneeling", "half_kneeling", "hands_and_knees"})
Fits = Callable[[Traits], bool]


def at(*positions: str) -> Fits:
    return lambda t: t.position in positions


def kneels(t: Traits) -> bool:
    return "kneeling" in t.flags or t.position in ON_KNEES


FITTING: dict[str, Fits] = {
    r"cushion": kneels,
    r"kneel": kneels,
    r"counter|firm shoes|feet flat": at(*UPRIGHT),
    r"treadmill|uphill": lambda t: "uphill" in t.flags,
    r"\bball\b": lambda t: (
        "exercise_ball" in t.flags or t.position == "prone_over_ball" or "low_back" in t.contact
    ),
    r"half sit|small pillow|behind your head|work with a flat back": at(*ON_BACK),
    r"knees up slowly|knees go slowly": at(*ON_BACK),
    r"lying|\blie\b": lambda t: t.position in LYING or "supine_prolonged" in t.flags,
    r"on your side from|turn over|your side is": lambda t: "sleep_on_back" in t.topics,
    r"(turn|roll) (on)?to your side": lambda t: False,
    r"sit back slowly|rest your forehead": at(*ON_KNEES),
    r"chair with arms": at("sitting"),
    r"on your bed": lambda t: t.on_bed,
    r"bend from your hips": lambda t: t.position not in ON_BACK,
    r"look at your skin": lambda t: t.pressure != "none" or t.modality != "none",
    r"foot|feet": lambda t: t.position in {*UPRIGHT, *ON_KNEES, "prone_over_ball"} or t.helper,
    r"your arms? lies": lambda t: "arms_overhead" in t.flags,
    r"head hangs low|head would hang": lambda t: "head_below_heart" in t.flags,
    r"come up slowly": lambda t: "head_below_heart" in t.flags,
}
"""Words that belong to a position, and where they fit."""


@cache
def entries() -> tuple[tuple[str, Traits], ...]:
    """Every entry as it is, and in every other position."""
    return tuple(
        (f"{slug} ({position})", dataclasses.replace(traits, position=position))
        for slug, traits in {**TRAITS, **IMAGINED}.items()
        for position in POSITIONS
    )


@cache
def fitting(text: str) -> tuple[tuple[str, Fits], ...]:
    """What belongs to a position among these words."""
    return tuple((w, fits) for w, fits in FITTING.items() if re.search(w, text, re.IGNORECASE))


def told(clause: Clause) -> str:
    return f"{clause.patient} {clause.modification}"


def spoken(clause: Clause) -> Iterator[tuple[str, Traits, Clause]]:
    """Each entry that a clause can match, with the words it chooses."""
    abouts = ("left", "right") if clause.relative else ("",)
    for name, traits in entries():
        for side in ("left", "right") if traits.sided else ("",):
            for about in abouts:
                if clause.exercise.matches(traits, side, about):
                    said = next(c for c in clause.spoken if c.exercise.matches(traits, side, about))
                    yield name, traits, said


RULES = [
    rule
    for rule in CONTENT.rules
    if rule.level == "exercise" and any(not c.about_case for c in rule.clauses)
]


def test_the_words_of_a_rule_fit_every_position() -> None:
    assert len(RULES) > 100
    wrong: set[tuple[str, str, str, str]] = set()
    for rule in RULES:
        for clause in rule.clauses:
            # Where no choice of words speaks of a position, they fit them all.
            if clause.about_case or not any(fitting(told(c)) for c in clause.spoken):
                continue
            for name, traits, said in spoken(clause):
                text = told(said)
                wrong |= {
                    (rule.id, name, words, text)
                    for words, fits in fitting(text)
                    if not fits(traits)
                }
    assert wrong == set()


def test_an_adaptation_says_what_to_change_whatever_the_position() -> None:
    """Some choice of words fits each entry, and each says it."""
    adapting = [
        (r.id, n, c) for r in RULES for n, c in enumerate(r.clauses) if c.verdict == "adapt"
    ]
    assert len(adapting) > 30
    wrong = {}
    for rule, number, clause in adapting:
        # What has one choice only says the same of whatever it speaks of.
        those = spoken(clause) if clause.words else islice(spoken(clause), 1)
        found = {bool(said.modification) for _, _, said in those}
        if found != {True}:
            wrong[rule, number] = found
    assert wrong == {}


OF_A_PART = ("conditions", "findings", "surgeries", "red_flags", "weight_bearing", "preferences")
"""What may tell that a certain part of the body is sore; a pregnancy or an age does not."""


def speaks_of_a_part(test: CaseTest) -> bool:
    inner = (*test.all, *test.any)
    told = any(getattr(test, name) for name in OF_A_PART) or test.limits or test.nerve_sign
    return told or any(map(speaks_of_a_part, inner))


def test_whoever_comes_with_a_knee_is_not_told_of_a_sore_back() -> None:
    """A rule that does not ask what is sore does not say it either."""
    wrong = {}
    for rule in RULES:
        for clause in rule.clauses:
            if not speaks_of_a_part(clause.case):
                said = clause.patient.replace("on your back", "")
                if re.search(r"\byour (back|neck|arm|leg|knee|hip)\b", said, re.IGNORECASE):
                    wrong[rule.id] = said
    assert wrong == {}


def modification(facts: CaseFacts, slug: str, rule: str, side: str = "") -> str:
    return next(r.modification for r in one(facts, slug, side).reasons if r.rule == rule)


def test_a_cushion_is_for_kneeling_only() -> None:
    knee = finding("knee_problem")
    assert modification(knee, "childs-pose", "P-15").startswith("Kneel on a thick cushion")
    lying = modification(knee, "quadriceps-stretch", "P-15", "left")
    assert lying == (
        "Bend your knee only as far as it likes. A towel round your ankle helps you to hold it "
        "there."
    )
    ball = modification(knee, "prone-ball-decompression", "P-15")
    assert ball == "Put a thick cushion under your knees while you get on and off the ball."


def test_support_is_what_is_in_reach() -> None:
    falls = finding("falls_risk")
    said = {
        slug: modification(falls, slug, "P-30", side)
        for slug, side in (
            ("standing-back-flexion", ""),
            ("half-kneeling-hip-flexor-stretch", "left"),
            ("prone-ball-decompression", ""),
            ("incline-walking", ""),
            ("bench-traction", ""),
        )
    }
    assert said == {
        "standing-back-flexion": "Stand at something firm, such as a kitchen counter, and hold on "
        "with a free hand.",
        "half-kneeling-hip-flexor-stretch": "Kneel beside a firm chair or a bed, and hold on to "
        "it.",
        "prone-ball-decompression": "Have someone hold the ball and stay beside you the whole "
        "time.",
        "incline-walking": "Hold the rails of the treadmill. Start flat and slow, and clip on the "
        "stop cord.",
        "bench-traction": "Keep both feet flat on the floor, lean less, and have someone beside "
        "you.",
    }


def test_lying_on_the_back_late_in_pregnancy() -> None:
    late = CaseFacts(pregnancy_weeks=24)
    propped = (
        "Prop up your head and chest with pillows, so that you half sit. Stop and sit up at once "
        "if you feel faint or sick."
    )
    for slug in ("curl-up", "assisted-leg-traction", "double-knee-to-chest"):
        assert modification(late, slug, "P-11") == propped
    assert modification(late, "pillow-under-knees", "P-11") == (
        "Sleep on your side from now on, with the pillow between your knees."
    )
    assert modification(late, "quadratus-lumborum-ball-release", "P-11", "left") == (
        "Do it standing, with the ball between your back and a wall. Stop if you feel faint or "
        "sick."
    )


def test_weak_bones_are_told_what_to_do() -> None:
    said = {
        slug: next(r.patient for r in one(finding("osteoporosis"), slug).reasons)
        for slug in ("standing-back-flexion", "curl-up", "childs-pose")
    }
    assert said == {
        "standing-back-flexion": "This bend presses hard on the bones of your spine. Keep your "
        "back long and bend from your hips. A strong back and good balance protect your bones.",
        "curl-up": "This bend presses hard on the bones of your spine. Leave your head down and "
        "work with a flat back. That trains your belly and spares your bones.",
        "childs-pose": "Sit back slowly and only half way, with your back long. That moves your "
        "back and spares your bones.",
    }


def test_the_words_name_the_weeks_of_the_practice() -> None:
    knee = surgery("knee_replacement", 5, "left")
    rules = [r for r in CONTENT.rules if r.id == "P-15"]
    found = judge(rules, knee, "childs-pose", TRAITS["childs-pose"], "")
    assert found.reasons[0].reason == (
        "Less than 6 weeks after a knee replacement: no kneeling on that knee until the wound has "
        "healed."
    )
