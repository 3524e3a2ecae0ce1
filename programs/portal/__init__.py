"""The patient's pages, below ``/p/``."""
