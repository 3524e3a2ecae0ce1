"""Handouts of several patients or versions, printed as one file."""
