"""Faults, with real servers: ``make faults`` brings each about and prints what came of it."""
