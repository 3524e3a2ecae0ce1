"""The table behind the eight questions: what it takes for granted is so of every built-in entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from programs.exercises.own.asked import ShortAnswers
from programs.exercises.own.follows import follows
from programs.rules.book import SEVERITY
from programs.rules.case_json import parse_case
from programs.rules.engine import Assessment, Engine, judge, sides_of
from programs.rules.facts import CaseFacts
from programs.rules.traits import Traits
from tests.programs.exercises.own.describing import barely, read, told, truths, unsure
from tests.programs.rules.cases import CONTENT, TRAITS
from tests.programs.rules.cases import case as case_of
from tests.programs.rules.stories import STORIES
from tests.programs.rules.test_vignettes import VIGNETTES

ENTRIES: Final = {s: t for s, t in TRAITS.items() if CONTENT.definitions[s].prescribable}
"""Everything that can be prescribed."""
STRICTER_AT_MOST: Final = 0.05
"""Of the verdicts on what is described in full; measured: 0.046."""


ONE_IN: Final = 3
"""So many entries and cases are looked at where a law over all that is unsaid holds beside it."""


class Compared(NamedTuple):
    """What the rules said of descriptions beside the entries as they are written."""

    milder: list[str]
    stricter: int
    pairs: int


def facts() -> list[CaseFacts]:
    """Every case of the vignettes and of the stories of single rules."""
    rows = [v.case for v in VIGNETTES] + [case for row in STORIES for case in (row[1], row[4])]
    return [parse_case(case) for case in {repr(case): case for case in rows}.values()]


@cache
def told_and_barely() -> dict[str, Compared]:
    """Both over every case in one pass."""
    return compared({"told": told, "barely": barely}, ENTRIES, facts())


def compared(
    kinds: dict[str, Callable[[Traits], ShortAnswers]],
    entries: dict[str, Traits],
    cases: list[CaseFacts],
) -> dict[str, Compared]:
    """These kinds of description in one pass; equal ones are judged once."""
    named: dict[str, dict[str, str]] = {kind: {} for kind in kinds}
    keys: dict[object, str] = {}
    described = {}
    for kind, describe in kinds.items():
        for slug, t in entries.items():
            traits = read(describe(t))
            key = keys.setdefault(traits, f"own-{kind}-{slug}")
            described[key], named[kind][slug] = traits, key
    engine = Engine(CONTENT.rules, {**entries, **described})
    found = {kind: Compared([], 0, 0) for kind in kinds}
    for n, case in enumerate(cases):
        by_key = {(a.exercise, a.side): a for a in engine.assess(case)}
        for kind, keys_of in named.items():
            for slug, key in keys_of.items():
                for a, b in _pairs(by_key, slug, key):
                    found[kind] = _counted(found[kind], n, a, b)
    return found


def _pairs(
    found: dict[tuple[str, str], Assessment], slug: str, key: str
) -> list[tuple[Assessment, Assessment]]:
    """The verdicts side by side; one without a side is held against both."""
    return [
        (found[slug, side], b)
        for side in sides_of(ENTRIES[slug])
        for other in ([side] if side else ["", "left", "right"])
        if (b := found.get((key, other)))
    ]


def _counted(before: Compared, n: int, a: Assessment, b: Assessment) -> Compared:
    written, said = SEVERITY[a.verdict], SEVERITY[b.verdict]
    if said < written or (b.verdict == "preferred") > (a.verdict == "preferred"):
        rules = sorted({r.rule for r in a.reasons} ^ {r.rule for r in b.reasons})
        line = f"case {n}, {a.exercise} {a.side}: {a.verdict}, described {b.verdict}: {rules}"
        before.milder.append(line)
    stricter = said > max(written, SEVERITY["ok"])
    return before._replace(stricter=before.stricter + stricter, pairs=before.pairs + 1)


def test_what_follows_is_so_of_every_built_in_entry() -> None:
    wrong = []
    for slug, t in ENTRIES.items():
        so, table = truths(t), follows(told(t))
        wrong += [f"{slug}: {code} is so" for code in sorted(table.no & so)]
        wrong += [f"{slug}: {code} is not so" for code in sorted(table.yes - so)]
    assert wrong == []


def test_what_is_told_truthfully_is_never_judged_more_mildly() -> None:
    found = told_and_barely()["told"]
    assert found.milder == []
    assert found.stricter / found.pairs < STRICTER_AT_MOST


def test_what_is_told_but_for_the_side_is_never_judged_more_mildly() -> None:
    some = dict(list(ENTRIES.items())[::ONE_IN])
    assert compared({"unsure": unsure}, some, facts()[::ONE_IN])["unsure"].milder == []


def test_what_is_barely_told_is_never_judged_more_mildly() -> None:
    assert told_and_barely()["barely"].milder == []


def test_what_may_have_no_side_is_never_judged_more_mildly_than_with_or_without_one() -> None:
    """A bend away from a narrow side is preferred, one toward it is not for them, both adapt."""
    back = case_of("lumbar_foraminal_stenosis", "left")
    found = {}
    for way in ("away", "toward"):
        sure = ShortAnswers(
            phase="stretch",
            position="single_leg_standing",
            sided="yes",
            moves=(f"lumbar:side_bend_{way}", "hip:abduction"),
            moved="all",
            far="end",
            how="hold",
            limb="treated",
            so=frozenset({"one_leg"}),
            looked=True,
        )
        for sided in ("yes", "", "no"):
            t = read(replace(sure, sided=sided))
            found[way, sided] = [
                judge(CONTENT.rules, back, "own", t, side).verdict for side in sides_of(t)
            ]
            limbs = {m.part for m in t.movements if m.part.startswith("hip")}
            legs = (t.leg_load, t.leg_load_other)
            if sided == "yes":
                assert (limbs, legs) == ({"hip_treated"}, ("full", "none"))
            else:
                assert (limbs, legs) == ({"hip_both"}, ("full", "full"))
    assert found == {
        ("away", "yes"): ["preferred", "contraindicated"],
        ("away", ""): ["adapt", "contraindicated"],
        ("away", "no"): ["adapt"],
        ("toward", "yes"): ["contraindicated", "ok"],
        ("toward", ""): ["contraindicated", "adapt"],
        ("toward", "no"): ["adapt"],
    }
