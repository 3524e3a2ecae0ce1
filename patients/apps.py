"""The patients app."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """Application settings of patients."""

    name = "patients"
    default_auto_field = "django.db.models.BigAutoField"
