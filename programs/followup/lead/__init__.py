"""How the practice stands, for whoever leads it."""
