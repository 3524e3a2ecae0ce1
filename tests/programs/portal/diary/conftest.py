"""A session that was told, for the tests of the diary."""

import datetime as dt

import pytest
from django.utils import timezone

from patients.models import Case
from programs.access.models import PatientAccess
from programs.sessions.models import SessionLog
from tests.programs.portal.diary.telling import AFTER, BEFORE
from tests.programs.portal.reports import session


@pytest.fixture
def done(case: Case, access: PatientAccess) -> SessionLog:
    at = timezone.now() - dt.timedelta(minutes=50)
    return session(case, at, before=BEFORE, after=AFTER)
