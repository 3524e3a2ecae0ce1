"""What the last days come to: red days, drift, no change, few sessions; the numbers behind them.

Pure. What the clinician is told (``alerts``) and what is proposed (``proposals``) rest on it.
"""

from __future__ import annotations

from patients.response.facts import Fact, Trend
from patients.response.pain import ENOUGH, GOOD, LAST, Adherence, adherence_of
from patients.response.picture import ClinicalPicture

DAYS_A_WEEK = 7


def two_red(picture: ClinicalPicture) -> bool:
    """Whether the last two sessions were both red."""
    return len(picture.done) > 1 and all(j.red for j in picture.done[-2:])


def worsening(picture: ClinicalPicture) -> bool:
    """Whether pain is clearly above the start and nothing moved up the leg."""
    worse = picture.change is not None and picture.change.worse
    return worse and picture.trend is not Trend.CENTRALISING


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


def centralised_now(picture: ClinicalPicture) -> bool:
    """Whether the latest session moved symptoms up the leg."""
    return any(j.shift.centralising for j in picture.current)


def red_facts(picture: ClinicalPicture) -> dict[str, Fact]:
    """The last two sessions, with their pain after and its rise on the next day."""
    last = picture.done[-2:]
    return {
        "sessions": [j.session.id for j in last],
        "pain_after": {j.session.id: j.pain.highest for j in last if j.pain.highest is not None},
        "next_day_rise": {j.session.id: j.pain.rise for j in last if j.pain.rise is not None},
    }


def change_facts(picture: ClinicalPicture) -> dict[str, Fact]:
    """Pain at the start and now, and how far symptoms sit from where they began."""
    facts: dict[str, Fact] = {"days": picture.days}
    if picture.change is not None:
        facts["baseline_pain"] = picture.change.baseline
        facts["mean_pain"] = round(float(picture.change.mean), 1)
        facts["sessions_in_mean"] = LAST
    if picture.drifted:
        facts["rank_change"] = picture.drifted
    return facts


def adherence_facts(kept: Adherence) -> dict[str, Fact]:
    """The sessions; where fewer than 70 % were done, the share in whole percent too."""
    named: dict[str, Fact] = {"adherence": int(kept.share * 100)} if kept.share < GOOD else {}
    return {
        "sessions_done": kept.done,
        "sessions_asked": round(float(kept.asked), 1),
        "in_days": kept.days,
        **named,
    }
