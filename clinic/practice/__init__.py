"""A practice's settings, its logo and its team."""
