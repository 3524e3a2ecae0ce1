"""Every rule with what the practice said of it, as a page that prints and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.template.loader import render_to_string
from django.utils import timezone

from clinic.models import Practice
from clinic.spreadsheets import csv_lines
from programs.exercises.library import Library
from programs.exercises.rulebook.pages import RuleRow
from programs.exercises.rulebook.standings import RuleStanding, coverage, standings
from programs.rules.own import WAY_LABELS

REVIEW_COLUMNS = (
    "Rule", "Version", "Title", "Kind", "What it says", "Source", "Evidence", "Signed by",
    "Registration", "Signed on", "Changed since it was signed", "Comments",
    "In this practice", "Why", "Note",
)  # fmt: skip


def review_html(library: Library, practice: Practice) -> str:
    """The document, whole in one file."""
    found = standings(practice, library.written)
    with timezone.override(practice.zone):
        context = {
            "practice": practice,
            "rows": list(_rows(library, practice, found)),
            "coverage": coverage(found),
            "made_at": timezone.now(),
        }
        return render_to_string("programs/exercises/rulebook/rule_review.html", context)


def review_csv(library: Library, practice: Practice) -> Iterator[bytes]:
    """One line a rule."""
    rows = _rows(library, practice, standings(practice, library.written))
    return csv_lines([REVIEW_COLUMNS, *map(_line, rows)])


def _rows(
    library: Library, practice: Practice, found: Mapping[str, RuleStanding]
) -> Iterator[RuleRow]:
    """Every rule, each with how it stands."""
    for code, rule in library.written.items():
        yield RuleRow.of(library, rule, practice, found[code])


def _line(row: RuleRow) -> tuple[object, ...]:
    rule, standing = row.rule, row.standing
    signed, own = standing.signed, standing.own
    return (
        rule.id, rule.version, rule.title, row.level,
        "\n".join(f"{clause.label}: {clause.reason}" for clause in row.clauses),
        row.sources, row.evidence,
        signed.name if signed else "", signed.registration if signed else "",
        signed.signed_on if signed else "", "yes" if standing.changed else "",
        "\n".join(f"{said.made_by}: {said.words}" for said in standing.comments),
        WAY_LABELS[own.way] if own and standing.own_holds else "",
        own.reason if own and standing.own_holds else "", own.note if own else "",
    )  # fmt: skip
