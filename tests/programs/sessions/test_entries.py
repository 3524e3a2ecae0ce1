"""The JSON that a device sends: read strictly, one broken entry keeps no other from being read."""

import json
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.sessions.entries import (
    EntryError,
    ExerciseEntry,
    RefusedEntry,
    SessionEntry,
    SymptomEntry,
    parse_batch,
)
from tests.every_row import every

ONE, TWO = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
AT = "2026-11-01T08:00:00+00:00"
SYMPTOMS = {"type": "symptoms", "id": ONE, "session": TWO, "at": AT, "phase": "before"}
EXERCISE = {"type": "exercise", "id": ONE, "session": TWO, "at": AT, "item": "a", "state": "done"}
SESSION = {"type": "session", "id": ONE, "session": TWO, "at": AT, "state": "open"}


def read(*entries: Any, **top: Any) -> Any:
    return parse_batch(json.dumps({"entries": list(entries), **top}).encode())


def test_each_kind_of_entry_is_read() -> None:
    batch = read(
        {**SYMPTOMS, "pain": 4, "regions": [], "kinds": ["tingling", "tingling"]},
        {**EXERCISE, "sets": 2, "side": "left", "reason": "tired"},
        {**SESSION, "state": "stopped", "reason": "unwell"},
        prescription=7,
        sent_at=AT,
    )
    first, second, third = batch.entries
    assert isinstance(first, SymptomEntry)
    assert (first.pain, first.regions, first.kinds, first.provoked) == (4, (), ("tingling",), None)
    assert isinstance(second, ExerciseEntry)
    assert (second.sets, second.side, second.reps) == (2, "left", None)
    assert isinstance(third, SessionEntry)
    assert (third.state, third.reason) == ("stopped", "unwell")
    assert (batch.prescription, batch.broken) == (7, ())


@every(
    ("change", "field"),
    [
        ({"type": "other"}, "type"),
        ({"type": None}, "type"),
        ({"id": "1"}, "id"),
        ({"id": None}, "id"),
        ({"at": "2026-11-01T08:00:00"}, "at"),
        ({"at": "yesterday"}, "at"),
        ({"phase": "later"}, "phase"),
        ({"pain": 11}, "pain"),
        ({"pain": True}, "pain"),
        ({"pain": 4.5}, "pain"),
        ({"regions": ["moon"]}, "regions[0]"),
        ({"kinds": "pain"}, "kinds"),
        ({"red_flags": ["osteoporosis"]}, "red_flags[0]"),
        ({"provoked": [1]}, "provoked"),
        ({"corrects": "x"}, "corrects"),
        ({"extra": 1}, "extra"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_read(change: dict[str, Any], field: str) -> None:
    batch = read({**SYMPTOMS, **change}, EXERCISE)
    assert [type(entry) for entry in batch.entries] == [ExerciseEntry]
    assert [refusal.field for refusal in batch.broken] == [field]


@every(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b'{"entries": 1}',
        b'{"entries": [], "x": 1}',
        b'{"sent_at": null}',
        b"\xff",
    ],
)
def test_what_is_no_batch_is_refused_as_a_whole(data: bytes) -> None:
    with pytest.raises(EntryError):
        parse_batch(data)


def test_too_many_entries_are_refused_as_a_whole() -> None:
    assert len(read(*[SYMPTOMS] * 200).entries) == 200
    with pytest.raises(EntryError):
        read(*[SYMPTOMS] * 201)


def test_a_broken_entry_keeps_its_id() -> None:
    assert read({**SYMPTOMS, "pain": -1}).broken == (
        RefusedEntry(ONE, "pain", "-1 is not allowed; allowed: a whole number from 0 to 10"),
    )


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


# The first text of a process takes its time on a busy machine.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*SYMPTOMS, "pain", "item", "state", "words"]), _JSON))
def test_nothing_odd_breaks_the_reader(change: dict[str, Any]) -> None:
    batch = read({**SYMPTOMS, **change}, {**EXERCISE, **change}, {**SESSION, **change})
    assert len(batch.entries) + len(batch.broken) == 3
