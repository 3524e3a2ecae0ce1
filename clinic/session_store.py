"""Sessions in the database, of which a row holds only the hash of its key.

The key is in the cookie alone: whoever steals the rows is nobody. Only what Django's synchronous
requests use is there.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

_ROW_KEY = 40
"""How long the column is; 160 bits of the hash."""


def row_key(session_key: str | None) -> str:
    """What the row of a session is found by; of no session, a text that no row has."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()[:_ROW_KEY]


class SessionStore(db.SessionStore):
    """Django's, which looks its row up by the hash."""

    def exists(self, session_key: str) -> bool:
        """Whether there is a row for this key."""
        return bool(super().exists(row_key(session_key)))

    def create_model_instance(self, data: Any) -> Any:
        """The row to write."""
        row = super().create_model_instance(data)
        row.session_key = row_key(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Forget one session, this one where none is named."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(row_key(key))

    def _get_session_from_db(self) -> Any:
        rows = self.model.objects.filter(session_key=row_key(self.session_key))
        found = rows.filter(expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found
