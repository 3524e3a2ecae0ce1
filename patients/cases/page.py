"""What the case page says, in words and numbers ready for its template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from clinic.emergency_places import place
from patients import vocabulary
from patients.inbox.card import InboxCard
from patients.models import Case, ScreenAnswer
from patients.record.snapshot import DEFICITS
from patients.screening.answers import answered, made_to_matter
from patients.vocabulary import Answer, Irritability, Preference, Route


@dataclass(frozen=True, slots=True)
class RedFlagNotice:
    """Open red flags of one urgency, and what to do about them now."""

    title: str
    advice: str
    answers: list[ScreenAnswer]


def stops(case: Case) -> list[RedFlagNotice]:
    """Open red flags by urgency, emergencies first."""
    found = case.open_stops()
    name, number = case.patient.full_name, case.practice.emergency_number
    words = {
        Route.EMERGENCY: (
            "Emergency: get medical help now",
            f"Send {name} to {place(number)} now, or call {number}. "
            "No exercise until a doctor has looked.",
        ),
        Route.SAME_DAY: (
            "Medical review today",
            f"Arrange for a doctor to see {name} today. No exercise until then. "
            f"If things get worse, call {number}.",
        ),
    }
    result = []
    for route, (title, advice) in words.items():
        answers = [row for row in found if row.stop_route == route]
        if answers:
            result.append(RedFlagNotice(title, advice, answers))
    return result


def on_cards(found: list[RedFlagNotice], cards: Iterable[InboxCard]) -> list[RedFlagNotice]:
    """The notices less what stands on a card already: one red flag, one panel.

    The card takes over what to do now.
    """
    told = {flag: card for card in cards for flag in card.flags}
    left = []
    for notice in found:
        alone = [row for row in notice.answers if row.code not in told]
        for code in (row.code for row in notice.answers if row.code in told):
            if notice.advice not in told[code].advice:
                told[code].advice.append(notice.advice)
        if alone:
            left.append(replace(notice, answers=alone))
    return left


def notices(case: Case) -> list[RedFlagNotice]:
    """Answers that call for a review or a referral and do not stop prescribing."""
    found = case.review_notices()
    words = {
        Route.SOON: (
            "Arrange a medical review soon",
            "Write to the doctor or call within days. This alone does not stop a program.",
        ),
        Route.REFER: (
            "Refer",
            "Write to the doctor or specialist who should look into this.",
        ),
    }
    result = []
    for route, (title, advice) in words.items():
        answers = [row for row in found if row.route == route]
        if answers:
            result.append(RedFlagNotice(title, advice, answers))
    return result


def summary(case: Case) -> dict[str, Any]:
    """The context of the case page."""
    today = case.today()
    done, questions = answered(case, made_to_matter(case))
    saying_yes = case.answers_saying_yes()
    return {
        "case": case,
        "patient": case.patient,
        "age": case.age_on(today),
        "stops": stops(case),
        "notices": notices(case),
        "conditions": case.current_conditions,
        "surgeries": [(row, row.weeks_ago(today)) for row in case.current_surgeries],
        "findings": [row for row in saying_yes if row.kind == ScreenAnswer.FINDING],
        "other_flags": [row for row in saying_yes if row.kind == ScreenAnswer.RED_FLAG],
        "cleared": cleared(case),
        "answered": done,
        "questions": questions,
        "asks_pregnancy": case.asks_about_pregnancy_on(today),
        "gave_birth": vocabulary.ANSWER_LABELS[Answer(case.gave_birth)],
        "postnatal_weeks": case.postnatal_weeks_on(today),
        "pregnant": vocabulary.ANSWER_LABELS[Answer(case.pregnant)],
        "pregnancy_weeks": case.pregnancy_weeks_on(today),
        "pregnancy_out_of_date": case.pregnancy_is_out_of_date_on(today),
        "preference": vocabulary.PREFERENCE_LABELS[Preference(case.directional_preference)],
        "irritability": vocabulary.IRRITABILITY_LABELS[Irritability(case.irritability)],
        "left": vocabulary.PLACE_LABELS.get(case.baseline_left, ""),
        "right": vocabulary.PLACE_LABELS.get(case.baseline_right, ""),
        "walking_left": vocabulary.PLACE_LABELS.get(case.baseline_walking_left, ""),
        "walking_right": vocabulary.PLACE_LABELS.get(case.baseline_walking_right, ""),
        "weakness": DEFICITS.get(case.baseline_weakness, ""),
        "numbness": DEFICITS.get(case.baseline_numbness, ""),
        "resources": [
            label for code, label in vocabulary.RESOURCES.items() if code in case.resources
        ],
    }


def cleared(case: Case) -> list[ScreenAnswer]:
    """Every red flag that was ever cleared for this case, latest first."""
    rows = case.answers.filter(clearance__isnull=False).select_related(
        "answered_by", "clearance__cleared_by"
    )
    return list(rows.order_by("-clearance__cleared_at", "-pk"))
