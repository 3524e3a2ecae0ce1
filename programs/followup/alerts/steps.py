"""What a clinician may do about an alert, and which rules led to it. For ``ALERT_HELP``.

Nothing here changes anything: a step is a page that opens, or a button that a clinician presses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from clinic.models import Practice
from clinic.said_once import ANY_KEYS, ANY_NUMBER, SaidOnce
from patients.inbox import words as alert_words
from patients.inbox.card import Help, RuleLine, Step
from patients.inbox.stops import OpenFlag, flags_of
from patients.models import Alert, Case, CaseResponse
from patients.response.situations import SITUATIONS
from patients.vocabulary import RED_FLAGS
from programs.exercises.library import Library, library_for
from programs.exercises.sides import with_side
from programs.prescriptions.models import Program, ProgramItem
from programs.rules.book import RuleDefinition
from programs.sessions.json_rows import rows_in

CLEARABLE_SIGNS: Final = MappingProxyType(
    {
        "neurological_change": ("new_weakness", "numbness_spreads"),
        "both_legs": ("both_legs",),
    }
)
"""Signs that a clinician clears by their own code, and the situations they stand for."""
SIGN_WORDS: Final = MappingProxyType(
    {"neurological_change": "Weakness or numbness", "both_legs": "Symptoms in both legs"}
)
"""What a sign is called on the page where it is cleared."""


def sign_words(code: str) -> str:
    """What can be cleared by this code, in words; empty where a red flag stops the case, or none.

    A red flag that stops is cleared where its answer on the safety screen stands.
    """
    flag = RED_FLAGS.get(code)
    if flag is not None:
        return "" if flag.stops else flag.label
    return SIGN_WORDS.get(code, "")


PAUSING: Final = frozenset(
    {"peripheralising", "neurological_change", "review_direction", "extension_not_tolerated"}
)
"""Alerts beside which an exercise may be paused."""
ONE_CLICK: Final = frozenset(
    {"set_preference_extension", "set_preference_flexion", "extension_not_tolerated", "ease_dose"}
)
"""Proposals that one press carries out."""
_SITUATIONS: Final = MappingProxyType(
    {
        "peripheralising": ("lasting_spread",),
        "two_red_days": ("two_red",),
        "worsening": ("drift", "worsening"),
        "no_change": ("no_change",),
        "extension_not_tolerated": ("extension_spreads", "extension_persists"),
        "review_direction": ("review_direction",),
        "set_preference_extension": ("prefers_extension",),
        "set_preference_flexion": ("prefers_flexion",),
        "ease_dose": ("two_red",),
        "review": ("drift", "worsening", "no_change"),
        "ask_barriers": ("low_adherence",),
        **CLEARABLE_SIGNS,
        "screen_red_flags": tuple(code for codes in CLEARABLE_SIGNS.values() for code in codes),
    }
)


def _running(practice: int, cases: list[UUID]) -> QuerySet[Any, Any]:
    rows = Program.objects.filter(practice=practice, case__any_of=cases, ended_at=None)
    return rows.values_list("case_id", "pk")


def _paused(practice: int, cases: list[UUID]) -> QuerySet[Any, Any]:
    rows = CaseResponse.objects.filter(practice=practice, case__any_of=cases)
    return rows.values_list("case_id", "answer__paused")


_RUNNING: Final = SaidOnce(_running, ANY_NUMBER, ANY_KEYS)
_PAUSED: Final = SaidOnce(_paused, ANY_NUMBER, ANY_KEYS)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the steps of several alerts need, asked for together."""

    programs: Mapping[UUID, UUID]
    stops: Mapping[tuple[UUID, str], OpenFlag]
    paused: Mapping[UUID, Sequence[str]]
    names: Mapping[str, str]
    active: frozenset[str]


def help_for(practice: Practice, alerts: Sequence[Alert]) -> dict[int, Help]:
    """Names, rules and steps of each alert, in a constant number of queries."""
    library = library_for(practice)
    known = _known(practice, alerts)
    return {
        alert.pk: Help(
            names=known.names,
            rules=tuple(_rules(library, practice, alert)),
            steps=tuple(_steps(alert, known)) if alert.is_open else (),
            teller=_teller(alert, known),
        )
        for alert in alerts
    }


def _known(practice: Practice, alerts: Sequence[Alert]) -> _Known:
    cases = list({alert.case_id for alert in alerts})
    paused = {case: rows_in(items) for case, items in _PAUSED.rows(practice.pk, cases)}
    wanted = {item for alert in alerts for item in [alert.item, *alert_words.items(alert)]}
    wanted |= {item for items in paused.values() for item in items}
    rows = _items_of(_uuids(wanted))
    return _Known(
        programs=dict(_RUNNING.rows(practice.pk, cases)),
        stops={(flag.case, flag.code): flag for flag in flags_of(practice, cases)},
        paused=paused,
        names={a.item: a.item_name for a in alerts if a.item_name}
        | {str(row.pk): _name(row) for row in rows},
        active=frozenset(str(r.pk) for r in rows if not r.removed_at and not r.program.ended_at),
    )


def _items_of(keys: list[UUID]) -> list[ProgramItem]:
    if not keys:
        return []
    return list(ProgramItem.objects.filter(pk__in=keys).select_related("exercise", "program"))


def _uuids(names: Iterable[str]) -> list[UUID]:
    found = []
    for name in names:
        try:
            found.append(UUID(name))
        except ValueError:
            continue
    return found


def _name(row: ProgramItem) -> str:
    return with_side(row.exercise.name, row.side)


def _teller(alert: Alert, known: _Known) -> str:
    answer = known.stops.get((alert.case_id, str(alert.facts.get("red_flag"))))
    return answer.helper if answer is not None else ""


# --- The rules ------------------------------------------------------------------------------------


def _rules(library: Library, practice: Practice, alert: Alert) -> Iterator[RuleLine]:
    situations = situations_of(alert)
    for code in alert.rules:
        rule = library.rules.get(code)
        if rule is not None:
            yield RuleLine(
                id=rule.id,
                words=_said(rule, situations, practice),
                source="; ".join(library.sources[s] for s in rule.source.split(", ")),
                url=f"{reverse('rule_list')}?level={rule.level}#rule-{rule.id}",
            )


def situations_of(alert: Alert) -> tuple[str, ...]:
    """The situations that an alert may be about; one where its facts say which."""
    if alert.code == "red_flag" and "seen" in alert.facts:
        return ("both_legs_nerves",)
    if alert.code == "red_flag":
        route = alert.urgency if alert.urgency in ("emergency", "same_day") else "soon"
        return (f"red_flag_{route}",)
    found = _SITUATIONS.get(alert.code, ())
    seen = tuple(code for code in found if SITUATIONS[code].seen == alert.facts.get("seen"))
    return seen or found


def _said(rule: RuleDefinition, situations: Sequence[str], practice: Practice) -> str:
    """What the rule says to this, with the practice's limits in it."""
    fitting = [clause for clause in rule.clauses if clause.when in situations] or rule.clauses[:1]
    return " ".join(clause.reason.format_map(practice.rule_settings) for clause in fitting)


# --- The steps ------------------------------------------------------------------------------------


def _steps(alert: Alert, known: _Known) -> Iterator[Step]:
    case = alert.case
    if case.closed_at is not None:
        return
    if alert.code == "red_flag":
        yield from _flag_steps(alert, known)
    elif alert.code in CLEARABLE_SIGNS or alert.code == "screen_red_flags":
        yield from _sign_steps(alert)
    elif alert.code in ONE_CLICK and alert.kind == Alert.REVIEW:
        yield from _one_click(alert, known) if alert.ended_at is None else ()
    elif alert.code == "ask_barriers":
        words = "Note what gets in the way"
        yield Step(words, reverse("barriers_note", args=[alert.pk]), main=True)
    if alert.code in ("peripheralising", "review_direction"):
        yield Step(
            "Record the direction",
            f"{reverse('case_edit', args=[case.pk])}#id_directional_preference",
        )
    if alert.code in PAUSING:
        yield from _paused_steps(alert, known)
    if (
        alert.code not in ("red_flag", "screen_red_flags", *CLEARABLE_SIGNS)
        and case.pk in known.programs
    ):
        url = reverse("program", args=[known.programs[case.pk]])
        yield Step("Open the program", url, reads=True)
    if alert.code in ("review", "no_change", "worsening"):
        yield Step("Progress report", reverse("progress_report", args=[case.pk]), reads=True)


def _flag_steps(alert: Alert, known: _Known) -> Iterator[Step]:
    flag = alert.facts["red_flag"]
    answer = known.stops.get((alert.case_id, flag))
    if answer is not None:
        url = reverse("red_flag_clear", args=[alert.case_id, answer.pk])
        yield Step("Clear it with a note", url)
    elif sign_words(flag) and alert.ended_at is None:
        yield Step("Clear it with a note", reverse("sign_clear", args=[alert.case_id, flag]))


def _sign_steps(alert: Alert) -> Iterator[Step]:
    screen = reverse("safety_screen", args=[alert.case_id])
    yield Step("Ask the red-flag questions", f"{screen}?next={reverse('inbox')}", main=True)
    both = SITUATIONS["both_legs"].seen == alert.facts.get("seen") or alert.code == "both_legs"
    sign = "both_legs" if both else "neurological_change"
    url = reverse("sign_clear", args=[alert.case_id, sign])
    yield Step("Clear it with a note", url)


def _one_click(alert: Alert, known: _Known) -> Iterator[Step]:
    url = reverse("proposal_apply", args=[alert.pk])
    if alert.code.startswith("set_preference"):
        way = "extension" if alert.code.endswith("extension") else "flexion"
        seen = {"revision": str(alert.case.revision)}
        yield Step(f"Record {way} as the preference", url, post=True, main=True, hidden=seen)
    elif alert.case_id not in known.programs:
        return
    elif alert.code == "ease_dose":
        yield Step("Ease the dose in a draft", url, post=True, main=True)
    elif alert.item in known.active:
        yield Step("Take it out in a draft", url, post=True, main=True)


def _paused_steps(alert: Alert, known: _Known) -> Iterator[Step]:
    """Let a paused exercise go on: the one the alert is about, else each that it names."""
    named = {alert.item} if alert.item else set(alert_words.items(alert))
    for item in known.paused.get(alert.case_id, ()):
        if item in known.names and (not named or item in named):
            url = reverse("exercise_reinstate", args=[alert.case_id, item])
            yield Step(f"Let the patient go on with {known.names[item]}", url)


def program_of(case: Case) -> Program | None:
    """The program that the case has now."""
    return Program.objects.filter(case=case, ended_at=None).first()
