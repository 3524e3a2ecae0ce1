"""The rules: facts and traits in, verdicts with reasons out. Pure."""
