"""The link by which a new member chooses a password."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from clinic.models import Membership, User
from clinic.wall import passages


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for one person: ``mailed`` when it went by e-mail, else ``link`` to pass on.

    Neither when somebody else's practice would be opened by it.
    """

    name: str
    link: str
    mailed: bool


def set_password_link(user: User) -> str:
    """An address that works once, for three days."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.PUBLIC_URL + reverse("set_password", args=[uid, token])


def invite(membership: Membership) -> Invitation | None:
    """Send the link to somebody without a password; nothing for somebody who has one.

    The link is the account. Where a mail server is set up, it goes to the address and nowhere
    else, so that nobody takes an address that is not theirs. Without one the owner passes it on,
    but never for somebody who works elsewhere, too: it would open the other practice.
    """
    user = membership.user
    if user.has_usable_password():
        return None
    link = set_password_link(user)
    _mail(membership, link)
    elsewhere = passages.works_elsewhere(user=user.pk, practice=membership.practice_id)
    shown = "" if settings.EMAIL_HOST or elsewhere else link
    return Invitation(user.full_name, shown, mailed=bool(settings.EMAIL_HOST))


def _mail(membership: Membership, link: str) -> None:
    body = render_to_string(
        "clinic/accounts/invitation_email.txt", {"membership": membership, "link": link}
    )
    # A name may have been typed over two lines; a subject has one.
    practice = " ".join(membership.practice.name.split())
    send_mail(f"Your account at {practice}", body, None, [membership.user.email])
