"""Sessions: what a patient's device sends, and what of a prescription a session needs."""
