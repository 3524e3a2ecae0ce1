"""A case of Alice's practice and one of Charlie's; both are made as the owner of the tables."""

import pytest

from clinic.models import Practice, User
from patients.models import Case
from tests.clinic.wall.rows import a_case_of


@pytest.fixture
def mine(practice: Practice, alice: User) -> Case:
    return a_case_of(practice, alice)


@pytest.fixture
def theirs(other_practice: Practice, charlie: User) -> Case:
    return a_case_of(other_practice, charlie)
