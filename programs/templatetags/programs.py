"""Words and small pieces for the program pages: verdicts, reasons, sources."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clinic.formats import day_words
from patients.vocabulary import CONDITIONS, SURGERIES, answer_label
from programs.builder.result_cards import card_html
from programs.builder.results import Found, reasons_of
from programs.exercises.catalogue_files import built_in
from programs.exercises.definition import OWN
from programs.exercises.pictures.links import Pictures
from programs.exercises.sides import with_side, with_side_words
from programs.rules.book import EVIDENCE, VERDICT_LABELS
from programs.rules.engine import Assessment
from programs.rules.traits import KINDS, POSITIONS, PURPOSES
from programs.rules.verdict import Reason

register = template.Library()

NOT_REVIEWED = "Not yet reviewed by a registered physiotherapist"


@register.simple_tag
@lru_cache(maxsize=16)
def verdict(code: str) -> SafeString:
    """A verdict by icon and word."""
    context = {"verdict": code, "label": VERDICT_LABELS[code]}
    return render_to_string("programs/verdicts/_verdict.html", context)


@register.simple_tag(takes_context=True)
def small_picture(context: Context, exercise_id: int, side: str) -> SafeString | str:
    """The picture of an exercise for a side, small, opening into all; nothing where it has none."""
    found = context["pictures"].get((exercise_id, side))
    return _pictures(found) if found and found.frames else ""


@register.simple_tag(takes_context=True)
def result_card(context: Context, found: Found) -> SafeString:
    """An entry among the results of the builder, with the addresses of the program in hand."""
    pictures = context["pictures"].get((found.pk, found.best.side))
    return card_html(found, pictures, context["urls"])


@register.simple_tag(takes_context=True)
def list_picture(context: Context, exercise_id: int, side: str) -> SafeString | str:
    """The picture of an exercise for a list that leads to its page; what it shows is said there."""
    found = context["pictures"].get((exercise_id, side))
    if not found or not found.frames:
        return ""
    return format_html(
        '<img class="entry__picture" src="{}" alt="" width="320" height="240" loading="lazy" '
        'decoding="async">',
        found.thumb.url,
    )


@lru_cache(maxsize=2048)
def _pictures(pictures: Pictures) -> SafeString:
    return render_to_string("programs/exercises/pictures/_pictures.html", {"pictures": pictures})


@register.filter
def source_words(codes: str) -> str:
    """The sources of a rule, in words."""
    sources = built_in().sources
    return "; ".join(sources.get(code, code) for code in codes.split(", "))


@register.filter
def evidence_words(tag: str) -> str:
    """How a rule follows from its source."""
    return EVIDENCE.get(tag, "")


@register.filter
def is_own(slug: str) -> bool:
    """Whether an entry is the practice's own."""
    return slug.startswith(OWN)


register.filter(with_side)
register.filter(with_side_words)


@register.filter
def iso_day(text: str) -> str:
    """A day of a catalogue file as people write it, like 4 Dec 2026."""
    return day_words(dt.date.fromisoformat(text))


@register.filter
def kind_label(code: str) -> str:
    """A kind in words."""
    return KINDS[code]


@register.filter
def phase_label(code: str) -> str:
    """A purpose in words."""
    return PURPOSES[code]


@register.filter
def position_label(code: str) -> str:
    """A position in words."""
    return POSITIONS[code]


@register.simple_tag
def reasons(*assessments: Assessment) -> SafeString:
    """Every reason and note of these assessments, each with rule, source and evidence."""
    parts = [_reason(reason, about) for about, reason in reasons_of(assessments)]
    return SafeString("".join(parts))


@register.simple_tag
def reasons_in(found: tuple[Reason, ...]) -> SafeString:
    """These reasons, each with rule, source and evidence."""
    return SafeString("".join(_reason(reason, "") for reason in found))


@register.simple_tag
def reasons_about(reason: Reason) -> SafeString:
    """One reason in a line; rule, source and evidence on demand."""
    return _brief(reason, False)


@register.simple_tag
def reasons_brief(found: tuple[Reason, ...]) -> SafeString:
    """These reasons in a line each; rule, source and evidence on demand."""
    return SafeString("".join(_brief(reason, len(found) > 1) for reason in found))


@lru_cache(maxsize=4096)
def _reason(reason: Reason, about: str) -> SafeString:
    return format_html(
        '<li class="reason">{}<p class="reason__text">{}{}</p>{}{}</li>',
        verdict(reason.verdict) if reason.verdict in VERDICT_LABELS else "",
        f"{about}: " if about else "",
        reason.reason,
        format_html('<p class="reason__change">Change: {}</p>', reason.modification)
        if reason.modification
        else "",
        _origin(reason),
    )


@lru_cache(maxsize=4096)
def _brief(reason: Reason, named: bool) -> SafeString:
    return format_html(
        '<li class="reason">{}<p class="reason__text">{}</p>'
        '<details class="reason__more"><summary>Rule {} and its source</summary>{}</details></li>',
        verdict(reason.verdict) if named else "",
        reason.reason,
        reason.rule,
        _origin(reason),
    )


def _origin(reason: Reason) -> SafeString:
    facts = ", ".join(_fact(code) for code in reason.facts)
    return format_html(
        '{}{}<p class="reason__source">Rule {} · {} · {}{}</p>',
        format_html('<p class="reason__note">Your practice: {}</p>', reason.note)
        if reason.note
        else "",
        format_html('<p class="reason__because">Because of: {}</p>', facts) if facts else "",
        reason.rule,
        source_words(reason.source),
        EVIDENCE[reason.evidence],
        "" if reason.reviewed else f" · {NOT_REVIEWED}",
    )


def _fact(code: str) -> str:
    if code in CONDITIONS:
        return CONDITIONS[code].label
    return SURGERIES[code].label if code in SURGERIES else answer_label(code)
