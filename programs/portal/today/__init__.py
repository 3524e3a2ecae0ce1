"""The day's page: the program, and what waits for an answer."""
