"""The foundation: people, practices, doors."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """Users, practices, sign-in, audit."""

    name = "clinic"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have ``check --deploy`` look at the address as well."""
        from clinic.server import checks  # noqa: F401
