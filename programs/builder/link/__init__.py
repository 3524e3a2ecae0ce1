"""The patient's link, as a clinician sees, renews and closes it."""
