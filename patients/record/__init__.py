"""Writing a case with a trail: every earlier state of it, and two people at once."""
