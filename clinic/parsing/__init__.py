"""Strict reading of TOML and JSON, and text that prints. Pure."""
