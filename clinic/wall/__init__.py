"""The wall between practices, as the database holds it."""
