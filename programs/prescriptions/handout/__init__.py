"""Paper: what turns the handout's page and drawings into PDF, kept apart from what they say."""
