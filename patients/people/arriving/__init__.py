"""Patients who come from another program, as a table."""
