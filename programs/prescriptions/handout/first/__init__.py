"""The first edition of the page, kept for what was issued with it."""
