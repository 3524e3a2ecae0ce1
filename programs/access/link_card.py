"""The patient's link and code as they are printed and shown."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from programs.access.models import PatientAccess


@dataclass(frozen=True, slots=True)
class AccessCard:
    """The patient's door as printed: the link in the square code, the address to type, the code."""

    url: str
    address_words: str
    code: str

    @property
    def spaced_code(self) -> str:
        """The code in groups of four, easier to read and to type."""
        return " ".join(self.code[i : i + 4] for i in range(0, len(self.code), 4))


def access_card(access: PatientAccess) -> AccessCard:
    """The card for a patient's link on this site's public address.

    Where the link cannot be read any more, since its key is gone, it leads to the page for codes.
    """
    token = access.token
    path = reverse("portal_door", args=[token]) if token else reverse("portal_code")
    link = settings.PUBLIC_URL + path
    door = urlsplit(settings.PUBLIC_URL + reverse("portal_code"))
    words = f"{door.netloc}{door.path}".rstrip("/")
    return AccessCard(url=link, address_words=words, code=access.code)
