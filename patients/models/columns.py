"""What several tables of a case have in common."""

from __future__ import annotations

from django.db import models

CODE_LENGTH = 60
ITEM_LENGTH = 40
NAME_LENGTH = 200
HELPER_NAME_LENGTH = 60
HELPER_IS_LENGTH = 40
HELPER_LENGTH = HELPER_NAME_LENGTH + HELPER_IS_LENGTH + len(" ()")
"""Somebody who helps a patient, as ``Dora (daughter)``."""
THE_PATIENT = "The patient"
"""Who did it, where nobody of the practice did."""
CONDITION_SIDES = ["left", "right", "bilateral", "central", "unspecified"]
"""Sides as the database knows them. A surgery's side may be left empty."""


def code_column() -> models.CharField[str, str]:
    """One code of the vocabulary, as a part of a list."""
    return models.CharField(max_length=CODE_LENGTH)
