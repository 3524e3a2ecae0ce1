"""What the tests of this room share."""

import pytest

from programs.prescriptions.models import Program, ProgramItem
from tests import factories


@pytest.fixture
def item(draft: Program) -> ProgramItem:
    """Dead bug, ten times, once a day."""
    return factories.ProgramItemFactory(program=draft, slug="dead-bug")


@pytest.fixture
def ready(draft: Program) -> Program:
    """A draft that can be issued."""
    factories.ProgramItemFactory(program=draft, slug="dead-bug")
    return draft
