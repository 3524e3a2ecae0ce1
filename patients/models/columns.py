"""What several tables of a case have in common."""

CODE_LENGTH = 60
THE_PATIENT = "The patient"
"""Who did it, where nobody of the practice did."""
CONDITION_SIDES = ["left", "right", "bilateral", "central", "unspecified"]
"""Sides as the database knows them. A surgery's side may be left empty."""
