"""Activities in the patient's own words, scored again at each review."""
