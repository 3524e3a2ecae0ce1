"""The case form and its rows, as one thing that is valid or not."""

from __future__ import annotations

from typing import Any

from clinic.http import PracticeRequest
from patients.cases.forms import CaseForm
from patients.cases.row_forms import ConditionFormSet, SurgeryFormSet, condition_rows, surgery_rows
from patients.models import Case, Patient
from patients.models.case_reading import practice_today
from patients.record import snapshot
from patients.record.merge import Conflict


class CaseBundle:
    """Columns, conditions and operations of one case, on one page with one save button."""

    def __init__(
        self, request: PracticeRequest, *, patient: Patient, case: Case | None = None
    ) -> None:
        """Read the post, or start from ``case``."""
        data = request.POST if request.method == "POST" else None
        today = practice_today(request.practice)
        asks = case.asks_about_pregnancy_on(today) if case else patient.may_be_pregnant_on(today)
        self.form = CaseForm(
            data, practice=request.practice, user=request.user, asks_pregnancy=asks, case=case
        )
        days = {"today": self.form.today, "born": patient.date_of_birth}
        # Rows of a post stand for themselves: what others recorded meanwhile is merged later.
        self.conditions = ConditionFormSet(
            data,
            prefix="conditions",
            initial=None if data else condition_rows(case),
            form_kwargs={"today": self.form.today},
        )
        self.surgeries = SurgeryFormSet(
            data,
            prefix="surgeries",
            initial=None if data else surgery_rows(case),
            form_kwargs=days,
        )
        self.parts = (self.form, self.conditions, self.surgeries)

    def is_valid(self) -> bool:
        """Everything was sent and everything is right. Every part is checked either way."""
        verdicts = [part.is_valid() for part in self.parts]
        return all(verdicts)

    @property
    def has_errors(self) -> bool:
        """Something was sent and something in it is wrong."""
        return self.form.is_bound and not self.is_valid()

    def facts(self) -> dict[str, Any]:
        """What ``patients.record.actions`` writes."""
        return {
            **self.form.facts(),
            "conditions": self.conditions.rows(),
            "surgeries": self.surgeries.rows(),
        }


def differences(conflict: Conflict) -> list[tuple[str, str, str]]:
    """Label, recorded value and typed value of each fact that two people changed."""
    mine, theirs = dict(conflict.mine), dict(conflict.theirs)
    return [
        (snapshot.field_label(name), snapshot.shown(theirs, name), snapshot.shown(mine, name))
        for name in conflict.fields
    ]
