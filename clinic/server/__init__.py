"""Environment, start, health, logs: what runs the site rather than what it says."""
