"""What the tests of this room share."""

import pytest


@pytest.fixture
def session(page: str) -> str:
    return f"{page}session/"
