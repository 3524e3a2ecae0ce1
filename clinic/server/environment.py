"""What the settings read from the environment, checked, with one clear sentence for each fault.

environs reads the variables; the parsers below say what may stand in one. A sentence repeats what
it found only where that is no secret. Each variable may be read from a file instead: ``NAME_FILE``
says which, as secrets of a container are handed over.
"""

import contextlib
import os
import re
import secrets
from email.utils import formataddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import validate_email
from environs import Env, EnvValidationError, ValidationError

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off", ""}
REQUIRED_IN_PRODUCTION = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9-]+(\.[a-z0-9-]+)*)(:\d+)?$", re.IGNORECASE)
"""A name or address, perhaps with a port; no star and no dot to begin with."""
_SHORT_OF_PATIENCE = {
    "connect_timeout": "2",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""So that a database whose machine is gone is known to be away after seconds, not minutes."""
_env = Env()


def text(name: str, default: str = "") -> str:
    """A text as it stands, or the first line of its file."""
    kept = _from_file(name)
    found: str = _env.str(name, default) if kept is None else kept
    return found


def flag(name: str, default: bool = False) -> bool:
    """A yes-or-no variable."""
    found: bool = _read("flag", name, default)
    return found


def flag_if_said(name: str) -> bool | None:
    """A yes-or-no variable; ``None`` where it is missing or empty, for what else decides then."""
    return flag(name) if text(name).strip() else None


def sender(name: str, default: str) -> str:
    """An e-mail address with or without a name before it, as a letter's From needs it."""
    found: str = _read("sender", name, default)
    return found


def contact(name: str) -> str:
    """How to reach a person: an e-mail address, or an address of ``mailto:``, https or ``tel:``."""
    value = text(name).strip()
    if not value:
        return ""
    if re.fullmatch(r"[^@\s:/]+@[^@\s:/]+", value):
        return f"mailto:{value}"
    if not re.fullmatch(r"(mailto:|https://|tel:)\S+", value):
        raise ImproperlyConfigured(
            f"{name} takes an e-mail address, or an address that begins with mailto:, https:// or "
            "tel:."
        )
    return value


def public_url(name: str, hosts: list[str], *, development: bool, last: Path | None = None) -> str:
    """Where people reach this site, without a slash at the end.

    In production it is told by the variable, or by one host that can only be the site's name.
    ``last``: the file in which a trial server keeps where it is, for the commands beside it.
    """
    url = text(name).strip().rstrip("/")
    if url:
        parts, _ = _address(url)
        if parts is None or parts.scheme not in {"http", "https"} or not _HOST.match(parts.netloc):
            raise ImproperlyConfigured(f"{name} must look like https://physio.example.")
        return url
    if development:
        return last.read_text().strip() if last and last.exists() else "http://127.0.0.1:8000"
    if len(hosts) != 1 or not _HOST.match(hosts[0]) or is_this_machine(hosts[0]):
        raise ImproperlyConfigured(
            f"Production needs {name}, the address where patients reach this site, such as "
            f"https://physio.example: ALLOWED_HOSTS ({', '.join(hosts)}) does not tell it."
        )
    return f"https://{hosts[0]}"


def hosts(name: str) -> list[str]:
    """The names a site answers to; a scheme, path or port in one is refused."""
    found = words(name)
    for host in found:
        if "/" in host or (":" in host and not host.startswith("[")):
            raise ImproperlyConfigured(
                f"{name} takes names such as physio.example, without https:// or a port, "
                f"not {host!r}."
            )
    return found


def is_this_machine(host: str) -> bool:
    """Whether a host name can only mean the machine itself."""
    bare = host.strip("[]").partition(":")[0] if not host.startswith("[") else host.strip("[]")
    return bare in {"localhost", "::1", "0.0.0.0"} or bare.startswith("127.")  # noqa: S104


def number(name: str, default: int) -> int:
    """A whole number of zero or more."""
    found: int | None = _read("number", name, None)
    return default if found is None else found


def words(name: str) -> list[str]:
    """A list, separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def database(name: str) -> dict[str, Any] | None:
    """Django's settings for the PostgreSQL server that the variable names; None where it is empty.

    The form is ``postgres://user:password@host:port/name?option=value``.
    """
    found: dict[str, Any] | None = _read("database", name, None)
    return found


def require_for_production() -> None:
    """Refuse to go on without what production needs, naming everything that is missing."""
    missing = [name for name in REQUIRED_IN_PRODUCTION if not text(name).strip()]
    if missing:
        names = " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
        raise ImproperlyConfigured(
            f"Production (DEBUG off) needs {names} in the environment; set DEBUG=1 to try "
            "Homeward on your own machine."
        )


def _from_file(name: str) -> str | None:
    """The first line of the file that ``NAME_FILE`` says; None where it says none."""
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return None
    if os.environ.get(name, "").strip():
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return Path(path).read_text(encoding="utf-8").partition("\n")[0].strip()
    raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {path}")


def _read(kind: str, name: str, default: object) -> Any:
    """Read by one of the parsers below; a fault becomes one sentence that begins with the name."""
    fault = ""
    kept = _from_file(name)
    try:
        return getattr(_env, kind)(name, default) if kept is None else _PARSERS[kind](kept)
    except EnvValidationError as error:
        fault = f"{name} {next(iter(error.error_messages))}"
    except ValidationError as error:
        fault = f"{name}_FILE {error}"
    # Raised out here so that no trace of the fault, and of what was read, hangs on to it.
    raise ImproperlyConfigured(fault)


@_env.parser_for("flag")
def _flag(value: str | bool) -> bool:
    said = str(value).strip().lower()
    if said in _YES | _NO:
        return said in _YES
    raise ValidationError(f"must be 1 or 0, not {value!r}.")


@_env.parser_for("sender")
def _sender(value: str) -> str:
    """``Name <address>``, the name in whatever signs; quoted where a letter needs that."""
    said = value.strip()
    wanted = "must look like Harbour Physiotherapy <post@physio.example>"
    name, _, rest = said.rpartition("<") if said.endswith(">") else ("", "", f"{said}>")
    address = rest.removesuffix(">").strip()
    name = name.strip().removeprefix('"').removesuffix('"').replace('\\"', '"')
    with contextlib.suppress(DjangoValidationError):
        validate_email(address)
        if name.isprintable():
            return formataddr((name, address))
    raise ValidationError(f"{wanted}, not {said!r}.")


@_env.parser_for("number")
def _number(value: str | None) -> int | None:
    said = (value or "").strip()
    if said and not said.isdecimal():
        raise ValidationError(f"must be a whole number, not {said!r}.")
    return int(said) if said else None


@_env.parser_for("database")
def _database(value: str | None) -> dict[str, Any] | None:
    """Faults never repeat the address, because it holds a password."""
    url = (value or "").strip()
    if not url:
        return None
    wanted = "must look like postgres://user:password@host:5432/name"
    parts, port = _address(url)
    if parts is None:
        raise ValidationError(f"{wanted}; its host or port cannot be read.")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValidationError(f"{wanted}; Homeward runs on PostgreSQL only.")
    # Without this the rest of such a password would be taken for a database and told as its name.
    if "@" in parts.path + parts.query + parts.fragment:
        raise ValidationError(
            f"{wanted}; a sign like / ? # or @ in the password must be written as %2F %3F %23 %40."
        )
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ValidationError(f"{wanted}; the name of the database is missing.")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "clinic.wall",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or options.pop("port", "")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**_SHORT_OF_PATIENCE, **options},
    }


_PARSERS = {"flag": _flag, "sender": _sender, "number": _number, "database": _database}


def _address(url: str) -> tuple[SplitResult | None, int | None]:
    """The address taken apart, and its port; None where Python cannot read it."""
    # Python's own fault repeats what it could not read, which may be a piece of the password.
    with contextlib.suppress(ValueError):
        parts = urlsplit(url)
        return parts, parts.port
    return None, None


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
