"""The programs app."""

from importlib import import_module

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Application settings of programs."""

    name = "programs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks."""
        import_module("programs.exercises.checks")
