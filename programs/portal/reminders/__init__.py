"""Turning reminders on, changing and stopping them."""
