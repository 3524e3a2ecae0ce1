"""``manage.py create_practice``: a practice, and an invitation for its first owner."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from clinic.accounts.invitations import invitation_link
from clinic.models.team import INVITATION_DAYS
from clinic.practice import actions


class Command(BaseCommand):
    """Makes a practice and prints the link by which its owner joins."""

    help = "Create a practice and ask its first owner to join; prints the link for them."

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
            invitation, token = actions.create_practice(
                name=name, owner_email=owner_email, owner_name=owner_name
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{invitation.practice} is ready. {owner_email} can join as its owner.")
        self.stdout.write(
            f"Link for them alone, for {INVITATION_DAYS} days: {invitation_link(token)}"
        )
