"""Looking at a case as a whole, and deciding: amend, continue or discharge."""
