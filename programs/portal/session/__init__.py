"""One run through the exercises."""
