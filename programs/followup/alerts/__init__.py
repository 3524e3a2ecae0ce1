"""What a clinician does about an alert: carry out a proposal, clear, reinstate."""
