"""What each verdict asks of the clinician, as truth tables."""

import dataclasses
import datetime as dt
from itertools import product

import pytest

from programs.rules.book import VERDICTS
from programs.rules.engine import Assessment
from programs.rules.verdict import Reason
from programs.verdicts.standing import OverrideFact, Refusal, can_add, decision_key, standing
from tests.every_row import every

TODAY = dt.date(2026, 11, 20)
REASON = Reason(
    rule="R01",
    version=1,
    verdict="contraindicated",
    reason="It closes the right foramen.",
    patient="It narrows the space for your nerve.",
    modification="",
    source="S0",
    item="K02",
    evidence="explicit",
    reviewed=False,
    facts=("lumbar_foraminal_stenosis",),
)


def expected(verdict: str, prescribable: bool, stopped: bool, overridden: bool) -> object:
    if not prescribable:
        return Refusal.NEVER_PRESCRIBED
    if verdict == "contraindicated":
        if stopped:
            return Refusal.STOPPED
        if not overridden:
            return Refusal.OVERRIDE_NEEDED
    return None


@every(
    ("verdict", "prescribable", "stopped", "overridden"),
    list(product(VERDICTS, (True, False), (True, False), (True, False))),
)
def test_who_may_add_what(
    verdict: str, prescribable: bool, stopped: bool, overridden: bool
) -> None:
    refusal = can_add(
        verdict=verdict, prescribable=prescribable, stopped=stopped, overridden=overridden
    )
    assert refusal == expected(verdict, prescribable, stopped, overridden)


@every(
    "change",
    [
        {"rule": "R02"},
        {"version": 2},
        {"verdict": "adapt"},
        {"reason": "It closes the left foramen."},
        {"patient": "Other words."},
        {"modification": "Half the range."},
        {"facts": ("lumbar_foraminal_stenosis", "osteoporosis")},
    ],
)
def test_a_decision_is_about_one_reason_as_it_stands(change: dict[str, object]) -> None:
    assert decision_key(dataclasses.replace(REASON, **change)) != decision_key(REASON)


def test_a_decision_outlives_a_review_of_the_rule() -> None:
    assert decision_key(dataclasses.replace(REASON, reviewed=True)) == decision_key(REASON)


def assessed(*verdicts: str, side: str = "right") -> Assessment:
    reasons = tuple(
        dataclasses.replace(REASON, rule=f"R{n}", verdict=v) for n, v in enumerate(verdicts)
    )
    worst = min(verdicts, key=VERDICTS.index, default="ok")
    return Assessment("dead-bug", side, worst, reasons, (), (), ())


def override(of: Assessment, **change: object) -> OverrideFact:
    fact = OverrideFact(
        keys=frozenset(decision_key(r) for r in of.reasons),
        side=of.side,
        expires_on=TODAY,
    )
    return dataclasses.replace(fact, **change)


def stands(of: Assessment, acknowledged: tuple[str, ...] = (), **kwargs: object):  # type: ignore[no-untyped-def]
    values = {"prescribable": True, "overrides": (), "on": TODAY, **kwargs}
    return standing(of, acknowledged=acknowledged, **values)


def test_what_is_preferred_or_suitable_asks_nothing() -> None:
    assert stands(assessed("preferred")).clear
    assert stands(assessed()).clear


@pytest.mark.parametrize("verdict", ["caution", "adapt"])
def test_a_caution_waits_to_be_accepted(verdict: str) -> None:
    found = assessed(verdict)
    assert stands(found).to_accept == found.reasons
    accepted = stands(found, (decision_key(found.reasons[0]),))
    assert accepted.accepted == found.reasons
    assert accepted.clear


def test_accepting_is_not_overriding() -> None:
    found = assessed("contraindicated")
    assert stands(found, (decision_key(found.reasons[0]),)).blocked == found.reasons


@every("verdict", ["contraindicated", "adapt", "caution"])
def test_an_override_sets_a_reason_aside(verdict: str) -> None:
    found = assessed(verdict)
    assert stands(found, overrides=[override(found)]).overridden == found.reasons


@every(
    ("change", "expired"),
    [
        ({"revoked": True}, False),
        ({"side": "left"}, False),
        ({"keys": frozenset({"R9@1"})}, False),
        ({"expires_on": TODAY - dt.timedelta(days=1)}, True),
    ],
)
def test_an_override_that_does_not_hold(change: dict[str, object], expired: bool) -> None:
    found = assessed("contraindicated")
    result = stands(found, overrides=[override(found, **change)])
    assert result.blocked == found.reasons
    assert bool(result.expired) == expired


def test_a_new_override_beside_an_expired_one_counts() -> None:
    found = assessed("contraindicated")
    old = override(found, expires_on=TODAY - dt.timedelta(days=9))
    result = stands(found, overrides=[override(found), old])
    assert (result.blocked, result.expired) == ((), ())


def test_what_is_never_prescribed_is_never_clear() -> None:
    assert not stands(assessed("ok"), prescribable=False).clear
