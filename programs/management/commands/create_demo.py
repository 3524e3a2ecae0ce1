"""``manage.py create_demo``: a practice to try Homeward with, made once."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic import demo
from clinic.wall.owner import as_owner
from programs.access.models import PatientAccess
from programs.demo.build import Made, build
from programs.exercises.models import CatalogueLoad


class Command(BaseCommand):
    """Makes two practices, their people and a dozen invented patients, or finds them."""

    help = "Make the demo practice with invented patients. Run twice, it changes nothing."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A way to have the demo where it does not belong by default."""
        parser.add_argument(
            "--force",
            action="store_true",
            help="make it with DEBUG off too, with a random password that is shown once",
        )

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        """Build, then say how to get in."""
        if not settings.DEVELOPMENT and not force:
            raise CommandError(
                "The demo has a password that everybody knows, so it is made only with DEBUG=1. "
                "With --force it is made here too, with a random password."
            )
        if not CatalogueLoad.objects.exists():
            raise CommandError("The catalogue is empty. Run first: manage.py load_catalogue")
        password = demo.PASSWORD if settings.DEVELOPMENT else secrets.token_urlsafe(12)
        with as_owner():
            made = build(password=password)
            if options["verbosity"]:
                self.stdout.write("\n".join(self._words(made, password)))

    @staticmethod
    def _words(made: Made, password: str) -> list[str]:
        """The address, who can sign in, and a patient's door to knock at."""
        known = made.is_new or settings.DEVELOPMENT
        lines = [
            "The demo practice is ready." if made.is_new else "The demo practice is there already.",
            f"Address:  {settings.PUBLIC_URL}/",
            f"Password: {password if known else 'as shown when the demo was made'}",
        ]
        for user in made.people:
            places = user.memberships.active().select_related("practice")
            roles = "; ".join(f"{m.get_role_display()}, {m.practice}" for m in places)
            lines.append(f"  {user.email}  {user.full_name} ({roles})")
        access = (
            PatientAccess.objects.of_patients()
            .usable()
            .filter(case__practice__memberships__user__email=demo.EMAIL)
            .select_related("case__patient")
            .order_by("created_at")
            .first()
        )
        if access is not None:
            patient = access.case.patient
            lines += [
                f"A patient's page: {settings.PUBLIC_URL}/p/",
                f"  {patient}: code {access.code}, born in {patient.date_of_birth.year}",
            ]
        return lines
