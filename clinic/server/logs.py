"""Logs without secrets: no patient's link, no query string, no row that the database refused."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from gunicorn.glogging import Logger as GunicornLogger

from clinic.saves import request_id

#: The token in a patient's address, and password-reset tokens; query strings can hold names.
_PATTERNS = (
    # However the address was written: what leads nowhere, such as /P/, is logged as well.
    (re.compile(r"(/+(?:p|%[57]0)(?:/|%2f)+)[^\s?\"']+", re.IGNORECASE), r"\1…"),
    (re.compile(r"(/set-password/+|/invitation/+|/address/+)[^\s?\"']+", re.IGNORECASE), r"\1…"),
    (re.compile(r"(/[^\s?\"']*)\?[^\s\"']*"), r"\1?…"),
    # What PostgreSQL adds to a refused row is the row itself.
    (re.compile(r"^(DETAIL|CONTEXT|LINE \d+): .*$", re.MULTILINE), r"\1: …"),
    # And what it says of a value that it could not read is the value.
    (re.compile(r"(invalid input [^:\n]*: )\".*", re.DOTALL), r"\1…"),
)


def masked(text: str) -> str:
    """The text with tokens and query strings replaced by an ellipsis."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


class PrivacyFilter(logging.Filter):
    """Masks the message of a record before any handler writes it, and adds the request's number."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, masked."""
        about = getattr(record, "request", None)
        record.request_id = request_id() or getattr(about, "request_id", "-")
        record.msg = masked(record.getMessage())
        record.args = None
        return True


class PrivateFormatter(logging.Formatter):
    """Masks tracebacks, whose last line may repeat an address."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the name is the standard library's)
        """The traceback, masked."""
        return masked(super().formatException(ei))


class JsonFormatter(PrivateFormatter):
    """Each record as one line of JSON, with the number of its request."""

    def format(self, record: logging.LogRecord) -> str:
        """One object: when, how grave, who says it, for which request, and what."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "request": str(getattr(record, "request_id", "-")),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class ServerLogger(GunicornLogger):
    """The server's own log, without patients' links and without query strings."""

    def setup(self, cfg: Any) -> None:
        """Put the filter before every handler."""
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.addFilter(PrivacyFilter())

    def atoms(self, *args: Any) -> dict[str, Any]:
        """What an access-log line is made of, the addresses masked."""
        atoms = super().atoms(*args)
        for key in ("r", "U", "f"):
            if isinstance(atoms.get(key), str):
                atoms[key] = masked(atoms[key])
        atoms["q"] = ""
        return dict(atoms)
