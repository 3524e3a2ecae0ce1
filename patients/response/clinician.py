"""What the clinician sees: alerts by urgency, and proposals that change nothing by themselves.

Pure. An alert stands as long as what it tells of does: a red flag or a nerve sign until it is
cleared, both legs for 7 days or until it is cleared, what stopped an item while that is paused, the
rest while the latest sessions show it. So nothing is lost when several sessions arrive at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from patients.response.facts import (
    ALERTS,
    PROPOSALS,
    Fact,
    Guide,
    Proposal,
    StandingAlert,
    Trend,
    Urgency,
)
from patients.response.pain import ENOUGH, GOOD, LAST, Adherence, adherence_of
from patients.response.picture import ClinicalPicture, ItemStop, Judged
from patients.response.signs import Sign
from patients.response.situations import SITUATIONS
from patients.vocabulary import Preference, Route

DAYS_A_WEEK = 7


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


def two_red(picture: ClinicalPicture) -> bool:
    """Whether the last two sessions were both red."""
    return len(picture.done) > 1 and all(j.red for j in picture.done[-2:])


def worsening(picture: ClinicalPicture) -> bool:
    """Whether pain is clearly above the start and nothing moved up the leg."""
    worse = picture.change is not None and picture.change.worse
    return worse and picture.trend is not Trend.CENTRALISING


def _flag_alerts(picture: ClinicalPicture, guide: Guide) -> Iterator[StandingAlert]:
    urgencies = {
        Route.EMERGENCY: (Urgency.EMERGENCY, "red_flag_emergency"),
        Route.SAME_DAY: (Urgency.SAME_DAY, "red_flag_same_day"),
        Route.SOON: (Urgency.SOON, "red_flag_soon"),
        Route.REFER: (Urgency.SOON, "red_flag_soon"),
    }
    for flag in picture.flags:
        urgency, code = urgencies[flag.route]
        at = None if flag.at is None else _iso(picture, flag.at)
        facts: dict[str, Fact] = {"red_flag": flag.code, "at": at}
        if flag.sign is not None:
            code = flag.sign.situation
            facts |= _sign_facts(picture, flag.sign)
        yield StandingAlert("red_flag", urgency, None, facts, guide[code].rules)


def _iso(picture: ClinicalPicture, at: datetime) -> str:
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
            _sign_facts(picture, sign),
            guide[code].rules,
        )


def _sign_facts(picture: ClinicalPicture, sign: Sign) -> dict[str, Fact]:
    place = sign.place
    return {
        "seen": SITUATIONS[sign.situation].seen,
        "session": sign.entry.session,
        "at": _iso(picture, sign.entry.at),
        "location_before": None if sign.was is None else sign.was.as_fact(),
        "location_now": None if place is None else place.as_fact(),
    }


def _standing_spreads(picture: ClinicalPicture) -> list[Judged]:
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
        "at": None if m.seen_at is None else _iso(picture, m.seen_at),
        "items": list(m.spread),
        "rank_before": m.before,
        "rank_after": m.checked,
    }


def _spread_alerts(picture: ClinicalPicture, guide: Guide) -> Iterator[StandingAlert]:
    for j in _standing_spreads(picture):
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
            facts = {**_stop_facts(picture, stops[item]), "session": stops[item].session}
            rules = guide["extension_persists"].rules
            yield StandingAlert("extension_not_tolerated", Urgency.SOON, item, facts, rules)


def _stop_facts(picture: ClinicalPicture, stop: ItemStop) -> dict[str, Fact]:
    return {
        "seen": SITUATIONS[stop.situation].seen,
        "at": _iso(picture, stop.at),
        "flexion_items": [i.id for i in picture.forward_bends],
    }


def _week_alerts(picture: ClinicalPicture, guide: Guide) -> Iterator[StandingAlert]:
    if two_red(picture) and not _centralised_now(picture):
        rules = guide["two_red"].rules
        yield StandingAlert("two_red_days", Urgency.SOON, None, _red_facts(picture), rules)
    if drifting(picture):
        rules = guide["drift"].rules
        yield StandingAlert("worsening", Urgency.SOON, None, _change_facts(picture), rules)
    elif worsening(picture):
        rules = guide["worsening"].rules
        yield StandingAlert("worsening", Urgency.SOON, None, _change_facts(picture), rules)
    steady = no_change(picture)
    if steady is not None:
        facts = {**_change_facts(picture), **_adherence_facts(steady)}
        yield StandingAlert("no_change", Urgency.ROUTINE, None, facts, guide["no_change"].rules)


def drifting(picture: ClinicalPicture) -> bool:
    """Whether symptoms sit further down over the last sessions than at the start."""
    return picture.drifted > 0 and picture.trend is not Trend.CENTRALISING


def no_change(picture: ClinicalPicture) -> Adherence | None:
    """The adherence of half or more beside which nothing changed; None where that is not so."""
    days = picture.history.settings.review_weeks_max * DAYS_A_WEEK
    if picture.days < days or picture.change is None or picture.change.matters:
        return None
    moved = any(
        j.shift.centralising and j.shift.seen_at and picture.is_news(j.shift.seen_at)
        for j in picture.done
    )
    kept = _adherence(picture, days)
    enough = kept is not None and kept.share >= ENOUGH
    return kept if enough and not moved and picture.drifted >= 0 else None


def low_adherence(picture: ClinicalPicture) -> Adherence | None:
    """The poor adherence beside which nothing improved; None where that is not so."""
    days = picture.history.settings.review_weeks_min * DAYS_A_WEEK
    better = picture.trend in (Trend.IMPROVING, Trend.CENTRALISING) or picture.improved
    if picture.days < days or better:
        return None
    kept = _adherence(picture, days)
    return kept if kept is not None and kept.share < ENOUGH else None


def _adherence(picture: ClinicalPicture, days: int) -> Adherence | None:
    sessions = [j.session for j in picture.done]
    return adherence_of(picture.history, sessions, days, picture.was_paused)


def _centralised_now(picture: ClinicalPicture) -> bool:
    return any(j.shift.centralising for j in picture.current)


def _red_facts(picture: ClinicalPicture) -> dict[str, Fact]:
    last = picture.done[-2:]
    return {
        "sessions": [j.session.id for j in last],
        "pain_after": {j.session.id: j.pain.highest for j in last if j.pain.highest is not None},
        "next_day_rise": {j.session.id: j.pain.rise for j in last if j.pain.rise is not None},
    }


def _change_facts(picture: ClinicalPicture) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"days": picture.days}
    if picture.change is not None:
        facts["baseline_pain"] = picture.change.baseline
        facts["mean_pain"] = round(float(picture.change.mean), 1)
        facts["sessions_in_mean"] = LAST
    if picture.drifted:
        facts["rank_change"] = picture.drifted
    return facts


def _adherence_facts(kept: Adherence) -> dict[str, Fact]:
    """The sessions; where fewer than 70 % were done, the share in whole percent too."""
    named: dict[str, Fact] = {"adherence": int(kept.share * 100)} if kept.share < GOOD else {}
    return {
        "sessions_done": kept.done,
        "sessions_asked": round(float(kept.asked), 1),
        "in_days": kept.days,
        **named,
    }


def _screening(picture: ClinicalPicture, guide: Guide) -> Iterator[Proposal]:
    for sign in reversed(picture.standing_signs):
        if sign.situation == "both_legs_nerves":
            continue
        rules = guide[sign.situation].rules
        yield Proposal("screen_red_flags", None, _sign_facts(picture, sign), rules)


def _stopped(picture: ClinicalPicture, guide: Guide) -> Iterator[Proposal]:
    """For each paused item that made symptoms spread or keep on: look at the direction."""
    for stop in reversed(picture.open_stops):
        if stop.situation == "numbness_spreads":
            continue
        item = picture.items[stop.item]
        more = _stop_facts(picture, stop)
        facts = {key: fact for key, fact in more.items() if key != "flexion_items"}
        if item.extends:
            code = stop.situation
            rules = guide["extension_spreads" if code == "lasting_spread" else code].rules
            yield Proposal("extension_not_tolerated", item.id, more, rules)
        if stop.situation == "lasting_spread":
            yield Proposal("review_direction", item.id, facts, guide["review_direction"].rules)
    if any(not j.shift.spread for j in _standing_spreads(picture)):
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
    if two_red(picture) and not _centralised_now(picture):
        yield Proposal("ease_dose", None, _red_facts(picture), guide["two_red"].rules)
    steady = no_change(picture)
    reasons = {
        "drift": drifting(picture),
        "worsening": worsening(picture),
        "no_change": steady is not None,
    }
    for code in (c for c, holds in reasons.items() if holds):
        facts = _change_facts(picture)
        if steady is not None and code == "no_change":
            facts |= _adherence_facts(steady)
        yield Proposal("review", None, facts, guide[code].rules)
    poor = low_adherence(picture)
    if poor is not None:
        yield Proposal("ask_barriers", None, _adherence_facts(poor), guide["low_adherence"].rules)
