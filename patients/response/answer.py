"""From the picture to the answer: outcome and words, alerts, proposals.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from patients.response import clinician
from patients.response.facts import Guide, History, Outcome, Response
from patients.response.picture import ClinicalPicture, Judged, picture_of
from patients.response.situations import PRIORITY, SITUATIONS
from patients.vocabulary import Route


def respond(history: History, guide: Guide) -> Response:
    """What this history means at ``history.now``; KeyError where the guide lacks a situation."""
    picture = picture_of(history)
    holding = sorted(set(_situations(picture)), key=PRIORITY.__getitem__)
    lead = SITUATIONS[holding[0]]
    outcome = lead.outcome or Outcome.CARRY_ON
    spoke = [code for code in holding if SITUATIONS[code].outcome is outcome]
    words = [guide[lead.code].words]
    if picture.paused and outcome in (Outcome.EASE, Outcome.CARRY_ON):
        words.append(guide["paused_reminder"].words)
    return Response(
        outcome=outcome,
        items=_stopped(picture) if outcome is Outcome.STOP_EXERCISE else (),
        reason=" ".join(words),
        rules=tuple(dict.fromkeys(r for code in spoke for r in guide[code].rules)),
        trend=picture.trend,
        paused=picture.paused,
        alerts=clinician.alerts(picture, guide),
        proposals=clinician.proposals(picture, guide),
    )


def _situations(picture: ClinicalPicture) -> Iterator[str]:
    """Every situation that holds now and speaks to the patient; never none."""
    for flag in picture.flags:
        if flag.stops:
            emergency = flag.route is Route.EMERGENCY
            yield "red_flag_emergency" if emergency else "red_flag_same_day"
    yield from (s.situation for s in picture.current_signs)
    if not picture.done:
        yield "no_session"
        return
    for judged in picture.current:
        yield from _of_session(judged, picture.held)
    yield from _of_weeks(picture)


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
    if clinician.drifting(picture):
        yield "drift"
    if clinician.two_red(picture):
        yield "two_red"
    if clinician.worsening(picture):
        yield "worsening"
    if picture.change is not None and picture.change.better:
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
