"""The link by which a new member chooses a password."""

import logging
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from clinic.models import Membership, User

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for one person, and whether it is on its way by e-mail."""

    name: str
    link: str
    mailed: bool


def set_password_link(user: User) -> str:
    """An address that works once, for three days."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.PUBLIC_URL + reverse("set_password", args=[uid, token])


def invite(membership: Membership) -> Invitation | None:
    """Send the link to somebody without a password; nothing for somebody who has one."""
    user = membership.user
    if user.has_usable_password():
        return None
    link = set_password_link(user)
    body = render_to_string(
        "registration/invitation_email.txt", {"membership": membership, "link": link}
    )
    try:
        send_mail(f"Your account at {membership.practice.name}", body, None, [user.email])
    except (SMTPException, OSError):
        logger.exception("An invitation could not be sent by e-mail")
        return Invitation(user.full_name, link, mailed=False)
    return Invitation(user.full_name, link, mailed=bool(settings.EMAIL_HOST))
