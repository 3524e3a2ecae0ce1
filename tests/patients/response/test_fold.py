"""Old sessions that are left unread change no answer: now, later, and whatever is logged next."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from patients.response import ClinicianMark, History, Kind, LogEntry, Phase, Place, respond
from patients.response.fold import LOOKS_BACK_DAYS, Fold, bearing, fold, horizon
from programs.sessions.occasions import Occasions
from tests.patients.response.histories import DAY0, GUIDE, ITEMS, LONDON, moment, weeks

KINDS: tuple[frozenset[Kind] | None, ...] = (
    None,
    None,
    frozenset(),
    frozenset({Kind.PAIN}),
    frozenset({Kind.PAIN}),
)
CODES = ("neurological_change", "both_legs", "rf_bilateral_leg_new", "rf_saddle_numbness")
DAYS = 100
SIDES = ("none", "left", "bilateral", "unspecified")


def logs_between(chance: Random, first: float, days: float, count: int) -> list[LogEntry]:
    """Sessions and single reports, as mixed as a device could send them."""
    found: list[LogEntry] = []
    odd = chance.choice((0.02, 0.1, 0.4))
    usual = chance.randint(0, 5)
    for n in range(count):
        start = first + chance.random() * days
        name = f"{first:.0f}-{n:03}-{chance.random():.3f}"
        for phase in chance.sample(list(Phase), chance.randint(1, 5)):
            found.append(_log(chance, name, start, phase, usual, odd))
    return found


def _log(chance: Random, name: str, start: float, phase: Phase, usual: int, odd: float) -> LogEntry:
    minutes = {"before": 0, "during": 5, "after": 10, "settled": 16}.get(phase, 1200)
    rank = usual if chance.random() > odd else chance.randint(0, 6)
    kinds = chance.choice(KINDS)
    if chance.random() < odd:
        kinds = frozenset(chance.sample((Kind.NUMBNESS, Kind.WEAKNESS, Kind.PAIN), 2))
    places = (Place(rank, 0), Place(rank, 0), Place(rank, chance.randint(0, 6)), None)
    flags = frozenset({"rf_saddle_numbness"}) if chance.random() < odd / 20 else frozenset()
    return LogEntry(
        session=name,
        at=moment(start, minutes + chance.choice((0, 0, chance.randint(0, 60)))),
        phase=phase,
        item=chance.choice((None, None, "ext", "flex", "calf")),
        done=chance.choice((True, True, None, None, False)),
        pain=chance.choice((None, 3, 4, chance.randint(0, 10))),
        place=chance.choice(places),
        kinds=kinds,
        red_flags=flags,
        stands=chance.random() > odd / 4,
    )


def a_history(chance: Random) -> History:
    marks = [
        ClinicianMark(chance.choice(CODES), moment(chance.random() * DAYS))
        for _ in range(chance.randint(0, 3))
    ]
    back = [
        ClinicianMark(chance.choice(ITEMS).id, moment(chance.random() * DAYS))
        for _ in range(chance.randint(0, 2))
    ]
    known = chance.choice(({}, {Kind.NUMBNESS: chance.choice(SIDES)}))
    rank = chance.randint(0, 6)
    return History(
        now=moment(DAYS),
        zone=LONDON,
        logs=tuple(logs_between(chance, 0, DAYS, chance.choice((0, 3, 8, 30)))),
        items=ITEMS,
        baseline_pain=chance.choice((None, 3)),
        baseline_place=chance.choice((None, Place(rank, 0), Place(rank, rank))),
        baseline_kinds=known,
        cleared=tuple(marks),
        reinstated=tuple(back),
        started=chance.choice((None, DAY0.date())),
    )


def read(history: History, folded: Fold) -> History:
    """The history as it is read after folding."""
    logs = tuple(
        e for e in history.logs if e.at >= folded.before or e.session in folded.kept | folded.aside
    )
    return replace(history, logs=logs, aside=folded.aside, counted=folded.counted)


def same(one: History, two: History) -> None:
    answers = respond(one, GUIDE), respond(two, GUIDE)
    assert answers[0] == answers[1]
    said = [*answers[0].alerts, *answers[0].proposals]
    events = [Occasions(history, answers[0]) for history in (one, two)]
    assert [events[0].of(s) for s in said] == [events[1].of(s) for s in said]


def tried(seed: int) -> None:
    """Fold, log more, fold what was read again, log more: the same as all of it, at each step."""
    chance = Random(seed)
    whole = a_history(chance)
    part = read(whole, fold(whole, horizon(whole)))
    day = DAYS
    for days in (chance.choice((3, 20, 60)), chance.choice((3, 30)), 15):
        same(whole, part)
        late = LOOKS_BACK_DAYS
        more = logs_between(chance, day - late, late + days, chance.choice((0, 2, 8)))
        day += days
        whole, part = (replace(h, now=moment(day), logs=(*h.logs, *more)) for h in (whole, part))
        same(whole, part)
        part = read(part, fold(part, horizon(part)))
    same(whole, part)


@settings(max_examples=4)
@given(st.integers(0, 2**32))
def test_what_is_left_out_changes_no_answer(seed: int) -> None:
    tried(seed)


def test_of_a_quiet_year_little_is_read_again() -> None:
    """A place before each session, a number after it, and nothing that lasts."""
    year = weeks(365, 7, 4, rank=2)
    whole = History(now=moment(365), zone=LONDON, logs=tuple(year), items=ITEMS)
    folded = fold(whole, horizon(whole))
    assert len(folded.kept | folded.aside) == 6
    same(whole, read(whole, folded))


def test_a_session_that_goes_on_later_is_read_whole() -> None:
    logs = weeks(100, 7, 4, rank=2)
    before = logs[30].at
    late = replace(logs[0], at=moment(99), phase=Phase.NEXT_DAY)
    whole = History(now=moment(100), zone=LONDON, logs=(*logs, late), items=ITEMS)
    assert logs[0].session in fold(whole, before).kept


def test_what_the_rules_rest_on_besides_logs_has_a_name() -> None:
    history = History(now=moment(0), zone=LONDON, items=ITEMS)
    same_name = (replace(history, now=moment(9)), replace(history, preference="flexion"))
    assert {bearing(h) for h in same_name} == {bearing(history)}
    others = (
        replace(history, items=ITEMS[:1]),
        replace(history, baseline_pain=4),
        replace(history, baseline_kinds={Kind.NUMBNESS: "left"}),
        replace(history, cleared=(ClinicianMark("both_legs", moment(1)),)),
        replace(history, arms=True),
    )
    assert len({bearing(h) for h in (history, *others)}) == 6
