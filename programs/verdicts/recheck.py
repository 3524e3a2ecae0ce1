"""Live programs judged again: facts and rules change after a program was issued.

The database is asked the same few questions for one case and for a thousand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
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
from programs.verdicts.standing import OverrideFact, Standing, standing


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


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A running program judged for one day, with the overrides that nobody took back."""

    issued: IssuedPrescription
    case: Case
    today: dt.date
    overrides: tuple[OverrideFact, ...]
    flags: tuple[LiveFlag, ...]


def recheck_live(practice: Practice, case: Case | None = None) -> list[LiveFlag]:
    """Every issued, running item that is contraindicated now and not overridden.

    For one case, or for every open case of the practice; in a constant number of queries.
    """
    latest = list(live_versions(practice, case))
    return [flag for found in recheck(practice, latest) for flag in found.flags]


def recheck(practice: Practice, latest: Sequence[IssuedPrescription]) -> Iterator[Rechecked]:
    """Each of these versions, from ``live_versions``, judged for today."""
    if not latest:
        return
    wanted = {issued.program.case_id for issued in latest}
    cases = {c.pk: c for c in practice.cases.with_facts().filter(pk__in=wanted)}
    overrides = _overrides(latest)
    judge = _Judge(practice)
    for issued in latest:
        if (case := cases.get(issued.program.case_id)) is not None:
            yield judge.of(issued, case, overrides)


class _Judge:
    """The practice's library and limits, read once for however many programs."""

    def __init__(self, practice: Practice) -> None:
        self.library, self.settings = library_for(practice), rule_settings(practice)
        self.current = frozenset(self.library.current)

    def of(
        self, issued: IssuedPrescription, case: Case, overrides: dict[str, list[OverrideFact]]
    ) -> Rechecked:
        """One version for this case, today where the practice is."""
        today, items = case.today(), issued.payload["items"]
        rows = [row for row in items if row["exercise"] in self.current]
        slugs = [row["exercise"] for row in rows]
        assessed = assess_some(self.library, case_facts(case, on=today), self.settings, slugs)
        flags = []
        for row in rows:
            assessment = assessed.get((row["exercise"], row["side"]))
            if assessment is None:
                continue
            decided = overrides.get(row["item"], ())
            stands = standing(
                assessment, prescribable=True, acknowledged=(), overrides=decided, on=today
            )
            if stands.blocked:
                flags.append(_flag(case, issued, row, stands))
        every = tuple(o for row in items for o in overrides.get(row["item"], ()))
        return Rechecked(issued, case, today, every, tuple(flags))


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


def _overrides(latest: Iterable[IssuedPrescription]) -> dict[str, list[OverrideFact]]:
    programs = [issued.program_id for issued in latest]
    out: dict[str, list[OverrideFact]] = {}
    for override in Override.objects.filter(item__program__in=programs).standing():
        out.setdefault(str(override.item_id), []).append(as_fact(override))
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
