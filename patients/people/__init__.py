"""The dashboard, and the patients of a practice."""
