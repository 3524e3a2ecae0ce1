"""Patients as a physiotherapist meets them, and short words to write them down."""
