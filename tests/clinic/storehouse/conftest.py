"""A bucket in memory, and a program with a handout that may go there."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import override_settings

from clinic.models import Practice, User
from patients.models import Case
from programs.access.models import PatientAccess
from programs.prescriptions.handout_models import Handout
from tests.factories import CaseFactory
from tests.programs.portal.conftest import issue_for
from tests.programs.samples import sample_prescription

PDF = b"%PDF-1.7 raise your leg ten times"
DIGEST = hashlib.sha256(PDF).hexdigest()
NAME = "homeward-files"
REGION = "us-east-1"


@pytest.fixture(scope="module")
def _store() -> Iterator[Any]:
    """Made once: what speaks to it takes half a second to load, which no other test should pay."""
    import boto3
    from moto import mock_aws

    given = {**django_settings.FILES_STORE["OPTIONS"], "bucket_name": NAME, "region_name": REGION}
    files = {**django_settings.FILES_STORE, "OPTIONS": given}
    with mock_aws(), override_settings(STORAGES={**django_settings.STORAGES, "files": files}):
        yield boto3.resource("s3", region_name=REGION).Bucket(NAME)


@pytest.fixture
def bucket(_store: Any, settings: Any) -> Iterator[Any]:
    """As a site with FILES_BUCKET has it; its objects can be looked at, and the bucket be gone."""
    settings.FILES_BUCKET = NAME
    _store.create()
    yield _store
    _store.objects.delete()
    _store.delete()


@pytest.fixture
def case(practice: Practice, alice: User) -> Case:
    case: Case = CaseFactory(patient__practice=practice)
    return case


@pytest.fixture
def paper(case: Case, alice: User, settings: Any) -> Handout:
    """The handout of the case's program, in its row."""
    issued = issue_for(case, alice, sample_prescription(2))
    access = PatientAccess.objects.get(case=case)
    return Handout.objects.create(
        prescription=issued, access=access, large_print=False, pdf=PDF, address=settings.PUBLIC_URL
    )


def names(bucket: Any) -> list[str]:
    """What lies in the bucket."""
    return [file.key for file in bucket.objects.all()]
