"""What a patient reported, and putting it right."""
