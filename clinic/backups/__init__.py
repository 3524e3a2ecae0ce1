"""Backups: one encrypted file, and a restore that compares every row."""
