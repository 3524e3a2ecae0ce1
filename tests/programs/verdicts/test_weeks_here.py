"""The week that a rule ends in begins at the midnight of the practice."""

from __future__ import annotations

import datetime as dt

import pytest

from patients.models import Case
from programs.exercises.library import library_for
from programs.verdicts.case_facts import case_facts
from tests.clock import TODAY
from tests.factories import SurgeryFactory

SIX_WEEKS = dt.timedelta(weeks=6)


@pytest.mark.parametrize(
    ("zone", "verdict"),
    [("Pacific/Kiritimati", "adapt"), ("Pacific/Pago_Pago", "contraindicated")],
)
def test_kneeling_on_a_new_knee_waits_six_weeks_of_the_practices_days(
    stenosis: Case, zone: str, verdict: str
) -> None:
    """It is half past nine in London: late on the same day in the one, the evening before in the
    other."""
    SurgeryFactory(
        case=stenosis, code="knee_replacement", performed_on=TODAY - SIX_WEEKS, approach=""
    )
    stenosis.practice.time_zone = zone
    stenosis.practice.save()
    engine = library_for(stenosis.practice).engine
    facts = case_facts(Case.objects.with_facts().get(pk=stenosis.pk))
    assert [a.verdict for a in engine.assess(facts, only=["cat-camel"])] == [verdict]
