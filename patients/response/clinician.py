"""What the clinician sees: alerts by urgency, and proposals that change nothing by themselves.

Pure. An alert stands as long as what it tells of does: a red flag until it is cleared, a spread
while an item it stopped is paused, a nerve sign for 7 days or until it is cleared, the rest while
the latest sessions show it. So nothing is lost when several sessions arrive at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
from patients.response.pain import GOOD, LAST, POOR, Adherence, adherence_of
from patients.response.picture import ClinicalPicture, Judged
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
        Route.REFER: (Urgency.ROUTINE, "red_flag_soon"),
    }
    for flag in picture.flags:
        urgency, code = urgencies[flag.route]
        at = None if flag.at is None else flag.at.astimezone(picture.history.zone).isoformat()
        facts: dict[str, Fact] = {"red_flag": flag.code, "at": at}
        yield StandingAlert("red_flag", urgency, None, facts, guide[code].rules)


def _sign_alerts(picture: ClinicalPicture, guide: Guide) -> Iterator[StandingAlert]:
    """One alert a kind of sign, about its latest report."""
    latest = {s.situation: s for s in picture.standing_signs}
    for code, sign in latest.items():
        alert = "both_legs" if code == "both_legs" else "neurological_change"
        yield StandingAlert(
            alert,
            Urgency.SAME_DAY,
            sign.entry.item,
            _sign_facts(picture, sign),
            guide[code].rules,
        )


def _sign_facts(picture: ClinicalPicture, sign: Sign) -> dict[str, Fact]:
    place = sign.entry.place
    return {
        "seen": SITUATIONS[sign.situation].seen,
        "session": sign.entry.session,
        "at": sign.entry.at.astimezone(picture.history.zone).isoformat(),
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
        "at": None if m.seen_at is None else m.seen_at.astimezone(picture.history.zone).isoformat(),
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
    """The good adherence beside which nothing changed; None where that is not so."""
    days = picture.history.settings.review_weeks_max * DAYS_A_WEEK
    if picture.days < days or picture.change is None or picture.change.matters:
        return None
    since = picture.history.day(picture.history.now)
    moved = any(j.shift.centralising and (since - j.session.day).days <= days for j in picture.done)
    kept = _adherence(picture, days)
    good = kept is not None and kept.share >= GOOD
    return kept if good and not moved and picture.drifted >= 0 else None


def low_adherence(picture: ClinicalPicture) -> Adherence | None:
    """The poor adherence beside which nothing improved; None where that is not so."""
    days = picture.history.settings.review_weeks_min * DAYS_A_WEEK
    better = picture.trend in (Trend.IMPROVING, Trend.CENTRALISING)
    if picture.days < days or better or (picture.change is not None and picture.change.better):
        return None
    kept = _adherence(picture, days)
    return kept if kept is not None and kept.share < POOR else None


def _adherence(picture: ClinicalPicture, days: int) -> Adherence | None:
    sessions = [j.session for j in picture.done]
    return adherence_of(picture.history, sessions, days, picture.paused)


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
    return {
        "sessions_done": kept.done,
        "sessions_asked": round(float(kept.asked), 1),
        "in_days": kept.days,
    }


def _screening(picture: ClinicalPicture, guide: Guide) -> Iterator[Proposal]:
    for sign in reversed(picture.standing_signs):
        rules = guide[sign.situation].rules
        yield Proposal("screen_red_flags", None, _sign_facts(picture, sign), rules)


def _stopped(picture: ClinicalPicture, guide: Guide) -> Iterator[Proposal]:
    """For each paused item that made symptoms spread or keep on: look at the direction."""
    instead: list[str] = [
        i.id for i in picture.items.values() if i.flexes and i.id not in picture.paused
    ]
    for stop in reversed(picture.open_stops):
        if stop.situation == "numbness_spreads":
            continue
        item = picture.items[stop.item]
        at = stop.at.astimezone(picture.history.zone).isoformat()
        facts: dict[str, Fact] = {"seen": SITUATIONS[stop.situation].seen, "at": at}
        if item.extends:
            code = stop.situation
            rules = guide["extension_spreads" if code == "lasting_spread" else code].rules
            more: Mapping[str, Fact] = {**facts, "flexion_items": instead}
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
        yield Proposal("review", None, _change_facts(picture), guide[code].rules)
    poor = low_adherence(picture)
    if poor is not None:
        yield Proposal("ask_barriers", None, _adherence_facts(poor), guide["low_adherence"].rules)
