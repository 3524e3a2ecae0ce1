"""A mail server that takes its time."""

import time
from typing import Any

from django.core.mail.backends.locmem import EmailBackend

SECONDS = 3.0


class SlowBackend(EmailBackend):
    """Keeps letters in memory, after a while."""

    def send_messages(self, messages: Any) -> int:
        time.sleep(SECONDS)
        return int(super().send_messages(messages))
