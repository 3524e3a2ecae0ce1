"""``manage.py create_practice``: the first practice of a new installation, and its owner."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from clinic.accounts.invitations import set_password_link
from clinic.practice import actions


class Command(BaseCommand):
    """Makes a practice and prints the link by which its owner chooses a password."""

    help = "Create a practice and its owner; prints the owner's set-password link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and which practice."""
        parser.add_argument("name", help="name of the practice")
        parser.add_argument("owner_email", help="e-mail address of the owner")
        parser.add_argument("owner_name", help="name of the owner")

    def handle(
        self, *args: Any, name: str, owner_email: str, owner_name: str, **options: Any
    ) -> None:
        """Check what was typed, then write all or nothing."""
        try:
            validate_email(owner_email)
            membership = actions.create_practice(
                name=name, owner_email=owner_email, owner_name=owner_name
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        owner = membership.user
        self.stdout.write(f"{membership.practice} is ready. {owner} owns it.")
        if owner.has_usable_password():
            self.stdout.write("They have a password already.")
        else:
            self.stdout.write(f"Password link, for three days: {set_password_link(owner)}")
