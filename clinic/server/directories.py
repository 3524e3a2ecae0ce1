"""The directories that people may sign in through, from the environment.

Each belongs to a practice or to several, and vouches for the e-mail domains that are its own, so
that none of them can say who somebody of another is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

from clinic.server import environment

FIRST_DIRECTORY: Final = "own"
_CODE: Final = re.compile(r"[a-z0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class SignInDirectory:
    """One that speaks OpenID Connect. ``code`` stands in its addresses here."""

    code: str
    name: str
    domains: tuple[str, ...]
    server: str = ""
    client_id: str = ""
    secret: str = ""

    def app(self) -> dict[str, Any]:
        """As django-allauth wants it."""
        return {
            "provider_id": self.code,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
            "settings": {"server_url": self.server},
        }


def sign_in_directories() -> tuple[SignInDirectory, ...]:
    """That of ``OIDC_NAME`` and what goes with it, then those that ``OIDC_MORE`` names by a code.

    ``OIDC_MORE=hill`` is followed by ``OIDC_HILL_NAME``, ``OIDC_HILL_SERVER`` and so on.
    """
    found = [_read(FIRST_DIRECTORY, "OIDC")] if environment.text("OIDC_NAME") else []
    for code in environment.words("OIDC_MORE"):
        if not _CODE.fullmatch(code) or code in {known.code for known in found}:
            raise ImproperlyConfigured(
                "OIDC_MORE lists codes of small letters and figures, each once, such as hill."
            )
        found.append(_read(code, f"OIDC_{code.upper()}"))
    domains = [domain for one in found for domain in one.domains]
    if len(set(domains)) < len(domains):
        raise ImproperlyConfigured("Two directories vouch for one domain. Leave it to one of them.")
    return tuple(found)


def _read(code: str, prefix: str) -> SignInDirectory:
    domains = tuple(domain.lower() for domain in environment.words(f"{prefix}_DOMAINS"))
    made = SignInDirectory(
        code=code,
        name=environment.text(f"{prefix}_NAME"),
        domains=domains,
        server=environment.text(f"{prefix}_SERVER"),
        client_id=environment.text(f"{prefix}_CLIENT_ID"),
        secret=environment.text(f"{prefix}_CLIENT_SECRET"),
    )
    if not (made.name and made.server and made.client_id and domains):
        raise ImproperlyConfigured(
            f"A directory needs {prefix}_NAME, {prefix}_SERVER, {prefix}_CLIENT_ID and "
            f"{prefix}_DOMAINS."
        )
    return made
