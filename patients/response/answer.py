"""From the picture to the answer: outcome and words, alerts, proposals.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from patients.response.alerts import alerts
from patients.response.facts import Guide, History, Outcome, Response
from patients.response.picture import ClinicalPicture, Judged, picture_of
from patients.response.proposals import proposals
from patients.response.situations import PRIORITY, SITUATIONS
from patients.response.week import drifting, two_red, worsening
from patients.vocabulary import Route


def respond(history: History, guide: Guide) -> Response:
    """What this history means at ``history.now``; KeyError where the guide lacks a situation."""
    picture = picture_of(history)
    holding = sorted(set(_situations(picture)), key=PRIORITY.__getitem__)
    lead = SITUATIONS[holding[0]]
    outcome = lead.outcome or Outcome.CARRY_ON
    spoke = [code for code in holding if SITUATIONS[code].outcome is outcome]
    more = list(_more(picture, lead.code, outcome, guide))
    words = [guide[lead.code].words, *(words for _, words in more)]
    spoke += [code for code, _ in more if code in _ALSO]
    return Response(
        outcome=outcome,
        items=_stopped(picture) if outcome is Outcome.STOP_EXERCISE else (),
        reason=" ".join(words),
        rules=tuple(dict.fromkeys(r for code in spoke for r in guide[code].rules)),
        trend=picture.trend,
        paused=picture.paused,
        alerts=alerts(picture, guide),
        proposals=proposals(picture, guide),
    )


_ALSO = frozenset({"red_flag_soon", "no_news"})
"""Situations that are told of beside a worse one, with their rules."""


def _more(
    picture: ClinicalPicture, lead: str, outcome: Outcome, guide: Guide
) -> Iterator[tuple[str, str]]:
    """What is said beside the words that lead: the situation, and its words."""
    if outcome is Outcome.GET_HELP:
        return
    if lead == "extension_persists" and picture.forward_bends:
        names = ", ".join(i.name or i.id for i in picture.forward_bends)
        yield "forward_bends", f"{guide['forward_bends'].words.rstrip('.')}: {names}."
    if lead != "red_flag_soon" and any(not f.stops for f in picture.flags):
        yield "red_flag_soon", guide["red_flag_soon"].words
    if lead != "no_news" and picture.is_silent:
        yield "no_news", guide["no_news"].words
    if picture.paused and outcome is not Outcome.STOP_EXERCISE:
        yield "paused_reminder", guide["paused_reminder"].words


def _situations(picture: ClinicalPicture) -> Iterator[str]:
    """Every situation that holds now and speaks to the patient; never none."""
    for flag in picture.flags:
        if flag.sign is not None:
            yield flag.sign.situation
        elif flag.stops:
            emergency = flag.route is Route.EMERGENCY
            yield "red_flag_emergency" if emergency else "red_flag_same_day"
        else:
            yield "red_flag_soon"
    yield from (s.situation for s in picture.current_signs if s.situation != "both_legs_nerves")
    if not picture.done:
        yield "no_session"
        return
    for judged in picture.current:
        is_news = picture.is_news(judged.session.end)
        for code in _of_session(judged, picture.held):
            if is_news or SITUATIONS[code].outcome is not Outcome.CARRY_ON:
                yield code
    yield from _of_weeks(picture)
    if picture.is_silent:
        yield "no_news"


def _of_session(j: Judged, held: frozenset[str]) -> Iterator[str]:
    """Situations of one session; what a clinician reinstated since no longer speaks."""
    m, p = j.shift, j.pain
    if m.lasting and not (m.spread and held.isdisjoint(m.spread)):
        yield "lasting_spread"
    if not m.centralising and not held.isdisjoint(m.persists):
        yield "extension_persists"
    if m.late:
        yield "late_spread"
    if m.unchecked:
        yield "unchecked_spread"
    if m.passing:
        yield "expected_spread" if m.expected else "passing_spread"
    if m.centralising:
        yield "centralising"
        return
    told = {
        "red_pain": p.red_after,
        "next_day_pain": p.red_next_day,
        "not_settled": p.not_settled,
        "red_during": p.red_during,
        "amber_pain": p.amber,
        "green_pain": p.green,
        "no_number": p.highest is None,
    }
    yield from (code for code, holds in told.items() if holds)


def _of_weeks(picture: ClinicalPicture) -> Iterator[str]:
    """What several sessions say together; moving up the leg outranks the number."""
    if any(j.shift.centralising for j in picture.current):
        return
    if drifting(picture):
        yield "drift"
    if two_red(picture):
        yield "two_red"
    if worsening(picture):
        yield "worsening"
    if picture.improved:
        yield "improving"


def _stopped(picture: ClinicalPicture) -> tuple[str, ...]:
    """The items that the latest session or sign stops, in the program's order."""
    names: set[str] = set()
    for j in picture.current:
        names.update(j.shift.spread, j.shift.persists)
    for sign in picture.current_signs:
        names.update(sign.items)
    return _ordered(picture.items, names & picture.held)


def _ordered(items: Iterable[str], names: set[str]) -> tuple[str, ...]:
    return tuple(i for i in items if i in names)
