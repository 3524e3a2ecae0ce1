"""Cards of one case: an alert and a review."""

import pytest

from patients.models import Alert, Case
from tests.factories import AlertFactory


@pytest.fixture
def alert(case: Case) -> Alert:
    return AlertFactory(case=case)


@pytest.fixture
def review(case: Case) -> Alert:
    return AlertFactory(case=case, kind="review", code="review", urgency="soon")
