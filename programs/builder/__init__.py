"""The builder: one page on which a clinician puts a program together."""
