"""What the tests of this room share."""

import pytest


@pytest.fixture
def wrong(page: str) -> str:
    return f"{page}wrong/"
