"""What the clinician is told, the most urgent first.

Pure. An alert stands as long as what it tells of does: a red flag or a nerve sign until it is
cleared, both legs for 7 days or until it is cleared, what stopped an item while that is paused, the
rest while the latest sessions show it. So nothing is lost when several sessions arrive at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from patients.response.facts import ALERTS, Fact, Guide, StandingAlert, Urgency
from patients.response.picture import ClinicalPicture, ItemStop, Judged
from patients.response.signs import Sign
from patients.response.situations import SITUATIONS
from patients.response.week import (
    adherence_facts,
    centralised_now,
    change_facts,
    drifting,
    no_change,
    red_facts,
    two_red,
    worsening,
)
from patients.vocabulary import Route


def alerts(picture: ClinicalPicture, guide: Guide) -> tuple[StandingAlert, ...]:
    """Every alert that stands, the most urgent first."""
    found = [
        *_flag_alerts(picture, guide),
        *_sign_alerts(picture, guide),
        *_spread_alerts(picture, guide),
        *_persisting_alerts(picture, guide),
        *_week_alerts(picture, guide),
    ]
    urgency = list(Urgency)
    return tuple(sorted(found, key=lambda a: (urgency.index(a.urgency), ALERTS.index(a.code))))


def _flag_alerts(picture: ClinicalPicture, guide: Guide) -> Iterator[StandingAlert]:
    urgencies = {
        Route.EMERGENCY: (Urgency.EMERGENCY, "red_flag_emergency"),
        Route.SAME_DAY: (Urgency.SAME_DAY, "red_flag_same_day"),
        Route.SOON: (Urgency.SOON, "red_flag_soon"),
        Route.REFER: (Urgency.SOON, "red_flag_soon"),
    }
    for flag in picture.flags:
        urgency, code = urgencies[flag.route]
        at = None if flag.at is None else iso(picture, flag.at)
        facts: dict[str, Fact] = {"red_flag": flag.code, "at": at}
        if flag.sign is not None:
            code = flag.sign.situation
            facts |= sign_facts(picture, flag.sign)
        yield StandingAlert("red_flag", urgency, None, facts, guide[code].rules)


def iso(picture: ClinicalPicture, at: datetime) -> str:
    """A moment by the practice's clock."""
    return at.astimezone(picture.history.zone).isoformat()


def _sign_alerts(picture: ClinicalPicture, guide: Guide) -> Iterator[StandingAlert]:
    """One alert a kind of sign, about its latest report; both legs weak or numb is a red flag."""
    latest = {s.situation: s for s in picture.standing_signs}
    for code, sign in latest.items():
        if code == "both_legs_nerves":
            continue
        alert = "both_legs" if code == "both_legs" else "neurological_change"
        yield StandingAlert(
            alert,
            Urgency.SAME_DAY,
            sign.entry.item,
            sign_facts(picture, sign),
            guide[code].rules,
        )


def sign_facts(picture: ClinicalPicture, sign: Sign) -> dict[str, Fact]:
    """What was reported, when, and where it was before."""
    place = sign.place
    return {
        "seen": SITUATIONS[sign.situation].seen,
        "session": sign.entry.session,
        "at": iso(picture, sign.entry.at),
        "location_before": None if sign.was is None else sign.was.as_fact(),
        "location_now": None if place is None else place.as_fact(),
    }


def standing_spreads(picture: ClinicalPicture) -> list[Judged]:
    """Sessions whose spread still keeps an item paused; without items, those of 7 days."""
    open_stops = {(s.item, s.at) for s in picture.open_stops}
    found: dict[tuple[str, ...], Judged] = {}
    for j in picture.done:
        m = j.shift
        if not m.lasting or m.seen_at is None:
            continue
        still = {(name, m.seen_at) for name in m.spread} & open_stops
        if still or (not m.spread and picture.recent(m.seen_at)):
            found[m.spread] = j
    return list(found.values())


def _spread_facts(picture: ClinicalPicture, j: Judged) -> dict[str, Fact]:
    m = j.shift
    return {
        "session": j.session.id,
        "at": None if m.seen_at is None else iso(picture, m.seen_at),
        "items": list(m.spread),
        "rank_before": m.before,
        "rank_after": m.checked,
    }


def _spread_alerts(picture: ClinicalPicture, guide: Guide) -> Iterator[StandingAlert]:
    for j in standing_spreads(picture):
        names = j.shift.spread
        yield StandingAlert(
            "peripheralising",
            Urgency.SOON,
            names[0] if len(names) == 1 else None,
            _spread_facts(picture, j),
            guide["lasting_spread"].rules,
        )


def _persisting_alerts(picture: ClinicalPicture, guide: Guide) -> Iterator[StandingAlert]:
    """Back bends stopped because back and leg stayed up; the latest session of each."""
    stops = {s.item: s for s in picture.open_stops if s.situation == "extension_persists"}
    for item in picture.items:
        if item in stops:
            facts = {**stop_facts(picture, stops[item]), "session": stops[item].session}
            rules = guide["extension_persists"].rules
            yield StandingAlert("extension_not_tolerated", Urgency.SOON, item, facts, rules)


def stop_facts(picture: ClinicalPicture, stop: ItemStop) -> dict[str, Fact]:
    """What stopped the item, when, and the forward bends that could take its place."""
    return {
        "seen": SITUATIONS[stop.situation].seen,
        "at": iso(picture, stop.at),
        "flexion_items": [i.id for i in picture.forward_bends],
    }


def _week_alerts(picture: ClinicalPicture, guide: Guide) -> Iterator[StandingAlert]:
    if two_red(picture) and not centralised_now(picture):
        rules = guide["two_red"].rules
        yield StandingAlert("two_red_days", Urgency.SOON, None, red_facts(picture), rules)
    if drifting(picture):
        rules = guide["drift"].rules
        yield StandingAlert("worsening", Urgency.SOON, None, change_facts(picture), rules)
    elif worsening(picture):
        rules = guide["worsening"].rules
        yield StandingAlert("worsening", Urgency.SOON, None, change_facts(picture), rules)
    steady = no_change(picture)
    if steady is not None:
        facts = {**change_facts(picture), **adherence_facts(steady)}
        yield StandingAlert("no_change", Urgency.ROUTINE, None, facts, guide["no_change"].rules)
