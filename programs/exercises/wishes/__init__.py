"""Exercises that somebody looked for and did not find, kept for whoever can write them."""
