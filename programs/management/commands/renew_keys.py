"""``manage.py renew_keys``: after SECRET_KEY has changed, seal patients' links with the new one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from clinic import wall
from clinic.wall import passages
from programs.access.keys import renew_keys
from programs.access.models import PatientAccess
from programs.reminders.models import CalendarFeed, Reminder


class Command(BaseCommand):
    """May be run while the site serves, and again."""

    help = "Seal patients' links, codes and addresses with the present SECRET_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        """One practice after the other."""
        done = lost = 0
        for practice, _ in passages.practices():
            with wall.within(practice):
                for model in (PatientAccess, CalendarFeed, Reminder):
                    sealed, gone = renew_keys(model._default_manager.filter(practice=practice))
                    done, lost = done + sealed, lost + gone
        self.stdout.write(f"{done} secrets are sealed with the present key.")
        if lost:
            self.stdout.write(
                f"{lost} cannot be read with any key that is set. Their links go on working; "
                "to show them again, renew them."
            )
