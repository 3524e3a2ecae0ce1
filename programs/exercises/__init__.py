"""The catalogue: exercises, doses, starting templates, sources, search."""
