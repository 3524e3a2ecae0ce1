"""Who may come in: link, code, year of birth, and the devices remembered."""
