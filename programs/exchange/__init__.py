"""A patient's record, or a whole practice's, as files that others can read."""
