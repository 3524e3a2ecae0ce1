"""Reminders a patient asked for: when they are due, by e-mail or calendar."""
