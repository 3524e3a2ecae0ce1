"""What an alert or a review says: a title and its facts, in words for the clinician.

Codes of the response rules in, plain words out. Names of exercises come with the call, because
they are known further up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format

from patients import vocabulary
from patients.models import Alert
from patients.vocabulary import ARM_LOCATIONS, LOCATIONS, Chain

_TITLES: Final = MappingProxyType(
    {
        "neurological_change": "Weakness or numbness: new, or spreading",
        "both_legs": "Symptoms newly in both legs",
        "peripheralising": "Symptoms further down after exercise, and staying there",
        "two_red_days": "Too much pain, two sessions in a row",
        "worsening": "Worse than at the start",
        "no_change": "Weeks of exercise without a change that matters",
        "screen_red_flags": "Ask the red-flag questions",
        "extension_not_tolerated": "Extension is not tolerated for now",
        "review_direction": "Look at the direction again",
        "set_preference_extension": "Perhaps a preference for extension",
        "set_preference_flexion": "Perhaps a preference for flexion",
        "ease_dose": "Ease the dose by one step",
        "review": "Review the program",
        "ask_barriers": "Ask what gets in the way",
    }
)
"""By the code of the alert or proposal; a red flag is named by its own label."""
_LATE: Final = timedelta(minutes=10)
"""A report that took longer than this to reach the practice says so."""
_PLACES: Final = MappingProxyType(
    {Chain.LEG: tuple(LOCATIONS.values()), Chain.ARM: tuple(ARM_LOCATIONS.values())}
)
_SPINE: Final = MappingProxyType({Chain.LEG: "back", Chain.ARM: "neck"})


def title(alert: Alert) -> str:
    """What it is, in a few words."""
    if alert.code == "red_flag":
        return f"Red flag: {_flag_label(alert)}"
    if alert.code == "both_legs" and _along(alert.facts) is Chain.ARM:
        return "Symptoms newly in both arms"
    return _TITLES[alert.code]


def facts(alert: Alert, names: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """What led to it, a sentence each. ``names``: exercises by the id of their item."""
    told = {**alert.facts, "at": _earlier(alert)}
    found: list[str] = []
    for key, words in _WORDS:
        if told.get(key) not in (None, "", [], {}):
            found += words(told, names)
    return found


def items(alert: Alert) -> list[str]:
    """The ids of every exercise that its facts name."""
    return [*alert.facts.get("items", []), *alert.facts.get("flexion_items", [])]


def _earlier(alert: Alert) -> str:
    """When it was, where it reached the practice noticeably later; else nothing."""
    said = alert.facts.get("at")
    at = datetime.fromisoformat(said) if said else alert.raised_at
    return at.isoformat() if alert.raised_at - at > _LATE else ""


def _flag_label(alert: Alert) -> str:
    return vocabulary.answer_label(alert.facts["red_flag"])


Facts = Mapping[str, Any]
Names = Mapping[str, str]


def _reported(facts: Facts, names: Names) -> Iterator[str]:
    question = vocabulary.RED_FLAGS.get(facts["red_flag"])
    if question is not None and "seen" not in facts:
        yield f"Answered yes: “{question.question}”"


def _seen(facts: Facts, names: Names) -> Iterator[str]:
    seen = facts["seen"]
    if _along(facts) is Chain.ARM:
        seen = seen.replace("both legs", "both arms")
    yield f"{seen[:1].upper()}{seen[1:]}."


def _when(facts: Facts, names: Names) -> Iterator[str]:
    at = timezone.localtime(datetime.fromisoformat(facts["at"]))
    yield f"It was on {date_format(at, 'DATETIME_FORMAT')} and reached you later."


def _where(facts: Facts, names: Names) -> Iterator[str]:
    now, before = facts["location_now"], facts.get("location_before")
    for side in ("left", "right"):
        place = _place(facts, now[side])
        if before is None or before[side] == now[side]:
            yield f"{side.capitalize()}: {place}."
        else:
            yield f"{side.capitalize()}: {place}, before it {_place(facts, before[side])}."


def _further(facts: Facts, names: Names) -> Iterator[str]:
    before, after = facts.get("rank_before"), facts["rank_after"]
    said = "" if before is None else f", before it {_place(facts, before)}"
    yield f"Furthest from the {_SPINE[_along(facts)]}: {_place(facts, after)}{said}."


def _exercises(facts: Facts, names: Names) -> Iterator[str]:
    known = [names[item] for item in facts["items"] if item in names]
    if known:
        yield f"Paused for the patient: {', '.join(known)}."


def _instead(facts: Facts, names: Names) -> Iterator[str]:
    known = [names[item] for item in facts["flexion_items"] if item in names]
    if known:
        yield f"Forward bends in the program to go on with: {', '.join(known)}."


def _after(facts: Facts, names: Names) -> Iterator[str]:
    yield f"Pain after the last sessions: {_list(facts['pain_after'].values())} of 10."


def _rise(facts: Facts, names: Names) -> Iterator[str]:
    rises = [n for n in facts["next_day_rise"].values() if n > 0]
    if rises:
        yield f"Pain the next day was higher by {_list(rises)} {_points(max(rises))}."


def _mean(facts: Facts, names: Names) -> Iterator[str]:
    sessions = facts.get("sessions_in_mean", 3)
    yield (
        f"Pain before the last {sessions} sessions: {_number(facts['mean_pain'])} of 10 on "
        f"average; {_number(facts.get('baseline_pain'))} at the start."
    )


def _drift(facts: Facts, names: Names) -> Iterator[str]:
    places = facts["rank_change"]
    along = _along(facts)
    way = f"further down the {along}" if places > 0 else f"nearer to the {_SPINE[along]}"
    steps = "1 place" if abs(places) == 1 else f"{abs(places)} places"
    yield f"Symptoms begin {steps} {way} than at the start."


def _days(facts: Facts, names: Names) -> Iterator[str]:
    yield f"{facts['days']} days into the program."


def _adherence(facts: Facts, names: Names) -> Iterator[str]:
    yield (
        f"{facts['sessions_done']} of {_number(facts['sessions_asked'])} sessions done in "
        f"{facts['in_days']} days."
    )
    if "adherence" in facts:
        yield f"That is {facts['adherence']} %: ask what gets in the way too."


_WORDS: Final[tuple[tuple[str, Callable[[Facts, Names], Iterator[str]]], ...]] = (
    ("red_flag", _reported),
    ("seen", _seen),
    ("at", _when),
    ("location_now", _where),
    ("rank_after", _further),
    ("items", _exercises),
    ("flexion_items", _instead),
    ("pain_after", _after),
    ("next_day_rise", _rise),
    ("days", _days),
    ("mean_pain", _mean),
    ("rank_change", _drift),
    ("in_days", _adherence),
)
"""The facts that are told, in this order; the ids of sessions tell a reader nothing."""


def _along(facts: Facts) -> Chain:
    """The row of places that the ranks belong to."""
    return Chain(facts.get("along", Chain.LEG))


def _place(facts: Facts, rank: int) -> str:
    return _PLACES[_along(facts)][rank].lower()


def _list(numbers: Any) -> str:
    words = [_number(n) for n in numbers]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:g}"


def _points(number: float) -> str:
    return "point" if number == 1 else "points"
