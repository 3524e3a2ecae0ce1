"""Guessing slowed down: one way of counting for every door of the site."""
