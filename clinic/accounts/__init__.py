"""Signing in and out, passwords, invitations, and slowing down whoever guesses."""
