"""What the clinician is offered to change; nothing changes by itself.

Pure. Each proposal carries the facts and the rules that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator

from patients.response.alerts import sign_facts, standing_spreads, stop_facts
from patients.response.facts import PROPOSALS, Fact, Guide, Proposal, Trend
from patients.response.picture import ClinicalPicture
from patients.response.week import (
    adherence_facts,
    centralised_now,
    change_facts,
    drifting,
    low_adherence,
    no_change,
    red_facts,
    two_red,
    worsening,
)
from patients.vocabulary import Preference


def proposals(picture: ClinicalPicture, guide: Guide) -> tuple[Proposal, ...]:
    """Every change proposed, each once for an item, in the order of ``PROPOSALS``."""
    found: dict[tuple[str, str | None], Proposal] = {}
    for p in (
        *_screening(picture, guide),
        *_stopped(picture, guide),
        *_preferences(picture, guide),
        *_weeks(picture, guide),
    ):
        found.setdefault((p.code, p.item), p)
    place = {name: n for n, name in enumerate(picture.items)}
    return tuple(
        sorted(
            found.values(),
            key=lambda p: (PROPOSALS.index(p.code), place.get(p.item or "", -1)),
        )
    )


def _screening(picture: ClinicalPicture, guide: Guide) -> Iterator[Proposal]:
    for sign in reversed(picture.standing_signs):
        if sign.situation == "both_legs_nerves":
            continue
        rules = guide[sign.situation].rules
        yield Proposal("screen_red_flags", None, sign_facts(picture, sign), rules)


def _stopped(picture: ClinicalPicture, guide: Guide) -> Iterator[Proposal]:
    """For each paused item that made symptoms spread or keep on: look at the direction."""
    for stop in reversed(picture.open_stops):
        if stop.situation == "numbness_spreads":
            continue
        item = picture.items[stop.item]
        more = stop_facts(picture, stop)
        facts = {key: fact for key, fact in more.items() if key != "flexion_items"}
        if item.extends:
            code = stop.situation
            rules = guide["extension_spreads" if code == "lasting_spread" else code].rules
            yield Proposal("extension_not_tolerated", item.id, more, rules)
        if stop.situation == "lasting_spread":
            yield Proposal("review_direction", item.id, facts, guide["review_direction"].rules)
    if any(not j.shift.spread for j in standing_spreads(picture)):
        yield Proposal("review_direction", None, {}, guide["review_direction"].rules)


def _preferences(picture: ClinicalPicture, guide: Guide) -> Iterator[Proposal]:
    """The direction that moved symptoms up the leg, unless it is recorded or the item paused."""
    if picture.trend is not Trend.CENTRALISING:
        return
    for j in reversed(picture.done):
        if not j.shift.centralising or not picture.recent(j.session.start):
            continue
        for name in j.shift.credited:
            item = picture.items[name]
            way = _direction(item.extends, item.flexes)
            if way and way != picture.history.preference and name not in picture.paused:
                facts: dict[str, Fact] = {
                    "session": j.session.id,
                    "rank_before": j.shift.before,
                    "rank_after": j.shift.checked,
                }
                rules = guide[f"prefers_{way}"].rules
                yield Proposal(f"set_preference_{way}", name, facts, rules)


def _direction(extends: bool, flexes: bool) -> str:
    """The one way an item bends the low back; empty where it bends both ways or neither."""
    if extends == flexes:
        return ""
    return Preference.EXTENSION if extends else Preference.FLEXION


def _weeks(picture: ClinicalPicture, guide: Guide) -> Iterator[Proposal]:
    if two_red(picture) and not centralised_now(picture):
        yield Proposal("ease_dose", None, red_facts(picture), guide["two_red"].rules)
    steady = no_change(picture)
    reasons = {
        "drift": drifting(picture),
        "worsening": worsening(picture),
        "no_change": steady is not None,
    }
    for code in (c for c, holds in reasons.items() if holds):
        facts = change_facts(picture)
        if steady is not None and code == "no_change":
            facts |= adherence_facts(steady)
        yield Proposal("review", None, facts, guide[code].rules)
    poor = low_adherence(picture)
    if poor is not None:
        yield Proposal("ask_barriers", None, adherence_facts(poor), guide["low_adherence"].rules)
