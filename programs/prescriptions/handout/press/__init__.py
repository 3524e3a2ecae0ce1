"""Quicker parts for the press: what they take the place of prints the same bytes, only later."""
