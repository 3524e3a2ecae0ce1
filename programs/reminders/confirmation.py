"""Sending the confirmation e-mail, and not too many of them.

Without a limit, anybody with a program could fill somebody else's mailbox with our letters.
"""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import SMTPException
from typing import Final

from clinic.guesses.counting import Budget, Closed, guess_key, take
from clinic.guesses.limits import GuessLimit
from programs.access.models import PatientAccess
from programs.reminders.mail import confirmation_message
from programs.reminders.models import Reminder

logger = logging.getLogger(__name__)
_HOUR: Final = dt.timedelta(hours=1)
_DAY: Final = dt.timedelta(days=1)
OF_LINK: Final = (GuessLimit(4, _HOUR, _HOUR), GuessLimit(8, _DAY, _DAY))
"""What one patient can ask for."""
TO_ADDRESS: Final = (GuessLimit(4, _DAY, _DAY),)
"""What comes to one mailbox, whoever asks."""


def wait_until(access: PatientAccess, email: str) -> dt.datetime | None:
    """When the next letter can go; None, and one counted, where it can go now."""
    answer = take(
        Budget(guess_key("letters-of", str(access.pk)), OF_LINK),
        Budget(guess_key("letters-to", email.casefold()), TO_ADDRESS),
    )
    return answer.until if isinstance(answer, Closed) else None


def send_confirmation(reminder: Reminder) -> bool:
    """Mail the link that turns it on; False where the mail server does not take it."""
    try:
        confirmation_message(reminder).send()
    except (SMTPException, OSError, ValueError) as error:
        # The error may repeat the address: only its kind is written down.
        logger.warning("A confirmation e-mail could not be sent (%s)", type(error).__name__)
        return False
    return True
