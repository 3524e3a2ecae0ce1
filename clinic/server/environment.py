"""What the settings read from the environment, checked, with one clear sentence for each fault."""

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
REQUIRED_IN_PRODUCTION = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")


def flag(name: str, default: bool = False, environ: Mapping[str, str] = os.environ) -> bool:
    """A yes-or-no variable."""
    value = environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in YES:
        return True
    if value.strip().lower() in NO:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int, environ: Mapping[str, str] = os.environ) -> int:
    """A whole number of zero or more."""
    value = environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def words(name: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """A list, separated by commas."""
    return [part.strip() for part in environ.get(name, "").split(",") if part.strip()]


def require_for_production(environ: Mapping[str, str] = os.environ) -> None:
    """Refuse to go on without what production needs, naming everything that is missing."""
    missing = [name for name in REQUIRED_IN_PRODUCTION if not environ.get(name, "").strip()]
    if missing:
        names = " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
        raise ImproperlyConfigured(
            f"Production (DEBUG off) needs {names} in the environment; set DEBUG=1 to try "
            "Homeward on your own machine."
        )


def database(url: str) -> dict[str, Any]:
    """Django's settings for the PostgreSQL server that ``url`` names.

    The form is ``postgres://user:password@host:port/name?option=value``. Faults never repeat the
    address, because it holds a password.
    """
    wanted = "DATABASE_URL must look like postgres://user:password@host:5432/name"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{wanted}; its host or port cannot be read.") from error
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{wanted}; Homeward runs on PostgreSQL only.")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured(f"{wanted}; the name of the database is missing.")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or options.pop("port", "")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **options},
    }


def kept_secret(path: Path) -> str:
    """A random key for development, made once and kept in a file that only its owner can read."""
    try:
        return _read_or_make(path)
    except PermissionError as error:
        raise ImproperlyConfigured(
            f"{path.parent} belongs to another account. Run as the account that created it, "
            "or set HOMEWARD_VAR to a folder of your own."
        ) from error


def _read_or_make(path: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked into place whole: of two first starts, one wins and both read it.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
    return path.read_text().strip()
