"""Who did what and who looked: for the lead of a practice, and on each case."""
