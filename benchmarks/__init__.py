"""The figures that the README quotes, measured anew with ``make bench``."""
