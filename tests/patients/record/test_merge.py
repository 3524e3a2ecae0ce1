"""Two people edit one case: every outcome of a three-way merge."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from patients.record.merge import EDITABLE, FACT_GROUPS, merge
from patients.record.snapshot import FACT_LABELS
from tests.every_row import every

VALUES = st.sampled_from(["a", "b", "c"])
FACTS = st.fixed_dictionaries(dict.fromkeys(sorted(EDITABLE), VALUES))


@every(
    ("base", "theirs", "mine", "result", "conflicting"),
    [
        ("a", "a", "a", "a", []),
        ("a", "a", "b", "b", []),
        ("a", "b", "a", "b", []),
        ("a", "b", "b", "b", []),
        ("a", "b", "c", "c", ["goals"]),
    ],
)
def test_one_fact(base: str, theirs: str, mine: str, result: str, conflicting: list[str]) -> None:
    merged = merge(base={"goals": base}, theirs={"goals": theirs}, mine={"goals": mine})
    assert merged == ({"goals": result}, conflicting)


def test_facts_that_belong_together_come_from_one_person() -> None:
    base = {"pregnant": "unknown", "due_date": None}
    theirs = {"pregnant": "yes", "due_date": "2027-03-01"}
    mine = {"pregnant": "no", "due_date": None}
    assert merge(base=base, theirs=theirs, mine=mine) == (mine, ["pregnant", "due_date"])
    assert merge(base=base, theirs=theirs, mine=base) == (theirs, [])


def test_a_lost_starting_point_overwrites_nothing_silently() -> None:
    assert merge(base={}, theirs={"goals": "a"}, mine={"goals": "b"})[1] == ["goals"]
    assert merge(base={}, theirs={"goals": "a"}, mine={"goals": "a"})[1] == []


@given(base=FACTS, theirs=FACTS, mine=FACTS)
def test_no_change_is_ever_lost_without_a_word(
    base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]
) -> None:
    merged, conflicting = merge(base=base, theirs=theirs, mine=mine)
    for unit in FACT_GROUPS:
        start, now, ours, result = (
            [facts[name] for name in unit] for facts in (base, theirs, mine, merged)
        )
        assert result in (now, ours)
        assert ours in (start, result)
        assert now in (start, result) or set(unit) & set(conflicting)


def test_every_fact_of_the_form_has_a_label() -> None:
    assert sorted(EDITABLE - set(FACT_LABELS)) == []
