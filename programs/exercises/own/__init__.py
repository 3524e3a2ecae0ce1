"""What a practice adds to the catalogue: exercises and pictures of its own."""
