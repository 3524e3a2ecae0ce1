"""What the tests of this room share."""

import pytest
from django.urls import reverse

from patients.models import Case


@pytest.fixture
def url(case: Case) -> str:
    return reverse("safety_screen", args=[case.pk])
