"""Sending the confirmation e-mail, and not too many of them.

Without a limit, anybody with a program could fill somebody else's mailbox with our letters.
"""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import SMTPException
from typing import Final

from django.db import transaction

from programs.access import throttle
from programs.access.models import PatientAccess
from programs.access.throttle import DoorLimit
from programs.reminders.mail import confirmation_message
from programs.reminders.models import Reminder

logger = logging.getLogger(__name__)
_HOUR: Final = dt.timedelta(hours=1)
_DAY: Final = dt.timedelta(days=1)
OF_LINK: Final = (DoorLimit(4, _HOUR, _HOUR), DoorLimit(8, _DAY, _DAY))
"""What one patient can ask for."""
TO_ADDRESS: Final = (DoorLimit(4, _DAY, _DAY),)
"""What comes to one mailbox, whoever asks."""


@transaction.atomic
def wait_until(access: PatientAccess, email: str) -> dt.datetime | None:
    """When the next letter can go; None, and one counted, where it can go now."""
    PatientAccess.objects.select_for_update().only("pk").get(pk=access.pk)
    of_link = throttle.counter_key("letters-of", str(access.pk))
    to_address = throttle.counter_key("letters-to", email.casefold())
    ends = (
        throttle.locked_until(of_link, OF_LINK),
        throttle.locked_until(to_address, TO_ADDRESS),
    )
    until = max((end for end in ends if end is not None), default=None)
    if until is None:
        throttle.count_failure(of_link, to_address)
    return until


def send_confirmation(reminder: Reminder) -> bool:
    """Mail the link that turns it on; False where the mail server does not take it."""
    try:
        confirmation_message(reminder).send()
    except (SMTPException, OSError, ValueError) as error:
        # The error may repeat the address: only its kind is written down.
        logger.warning("A confirmation e-mail could not be sent (%s)", type(error).__name__)
        return False
    return True
