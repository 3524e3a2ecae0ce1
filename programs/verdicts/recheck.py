"""Live programs judged again: facts and rules change after a program was issued.

The database is asked the same few questions for one case and for a thousand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from clinic.models import Practice
from patients.models import Case
from programs.exercises.library import library_for
from programs.exercises.sides import with_side
from programs.prescriptions.models import IssuedPrescription, Override
from programs.verdicts.assessments import assess_some
from programs.verdicts.case_facts import case_facts, rule_settings
from programs.verdicts.judgement import as_fact
from programs.verdicts.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class LiveFlag:
    """An exercise the patient has and should not have any more, as the rules see it today.

    ``expired``: there was an override, and it has run out. ``reason``: the gravest, in words.
    """

    case: Case
    program: str
    item: str
    name: str
    side: str
    reason: str
    rules: tuple[str, ...]
    expired: bool
    issued_at: dt.datetime

    @property
    def named(self) -> str:
        """The exercise with its side."""
        return with_side(self.name, self.side)


def recheck_live(practice: Practice, case: Case | None = None) -> list[LiveFlag]:
    """Every issued, running item that is contraindicated now and not overridden.

    For one case, or for every open case of the practice; in a constant number of queries.
    """
    latest = list(live_versions(practice, case))
    if not latest:
        return []
    cases = {
        c.pk: c
        for c in practice.cases.with_facts().filter(pk__in={i.program.case_id for i in latest})
    }
    overrides = _overrides(latest)
    library, settings = library_for(practice), rule_settings(practice)
    current = frozenset(library.current)
    flags: list[LiveFlag] = []
    for issued in latest:
        found = cases.get(issued.program.case_id)
        if found is None:
            continue
        today = found.today()
        facts = case_facts(found, on=today)
        rows = [row for row in issued.payload["items"] if row["exercise"] in current]
        assessed = assess_some(library, facts, settings, [row["exercise"] for row in rows])
        for row in rows:
            assessment = assessed.get((row["exercise"], row["side"]))
            if assessment is None:
                continue
            stands = standing(
                assessment,
                prescribable=True,
                acknowledged=(),
                overrides=[as_fact(o) for o in overrides.get(row["item"], ())],
                on=today,
            )
            if stands.blocked:
                flags.append(_flag(found, issued, row, stands))
    return flags


def live_versions(practice: Practice, case: Case | None = None) -> QuerySet[IssuedPrescription]:
    """The newest version of each program that runs, for open cases of active patients."""
    newest = (
        IssuedPrescription.objects.filter(program=OuterRef("program"))
        .order_by("-version")
        .values("pk")[:1]
    )
    rows = IssuedPrescription.objects.filter(
        pk=Subquery(newest),
        program__ended_at=None,
        program__case__practice=practice,
        program__case__closed_at=None,
        program__case__patient__archived_at=None,
    )
    if case is not None:
        rows = rows.filter(program__case=case)
    return rows.select_related("program").defer("draft").order_by("-issued_at")


def _overrides(latest: Iterable[IssuedPrescription]) -> dict[str, list[Override]]:
    ids = [row["item"] for issued in latest for row in issued.payload["items"]]
    out: dict[str, list[Override]] = {}
    for override in Override.objects.filter(item__in=ids).standing():
        out.setdefault(str(override.item_id), []).append(override)
    return out


def _flag(
    case: Case, issued: IssuedPrescription, row: dict[str, str], stands: Standing
) -> LiveFlag:
    return LiveFlag(
        case=case,
        program=str(issued.program_id),
        item=row["item"],
        name=row["name"],
        side=row["side"],
        reason=stands.blocked[0].reason,
        rules=tuple(r.rule for r in stands.blocked),
        expired=bool(stands.expired),
        issued_at=issued.issued_at,
    )
