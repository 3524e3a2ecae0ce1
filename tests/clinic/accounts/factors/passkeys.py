"""A passkey as the database keeps it, made by a browser's own trial authenticator."""

from typing import Any

from allauth.mfa.models import Authenticator

from clinic.models import User

_ID = "DwRWFyx0zDRtYZQSV5HbNc889n-KVYTdqu4mUDEBbaE"
CREDENTIAL: dict[str, Any] = {
    "id": _ID,
    "rawId": _ID,
    "type": "public-key",
    "response": {
        "transports": ["internal"],
        "clientDataJSON": (
            "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoic1VpcTEzT0xkdHdURXAtSWNOc0RXdlU3"
            "blllMFd0NndQZDFCV2l1bjRyMCIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODA0MSIsImNyb3NzT3Jp"
            "Z2luIjpmYWxzZX0"
        ),
        "attestationObject": (
            "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NF"
            "AAAAAQECAwQFBgcIAQIDBAUGBwgAIA8EVhcsdMw0bWGUEleR2zXPPPZ_ilWE3aruJlAxAW2hpQECAyYgASFY"
            "ICatKU2UJRNhyQ9Fy-gt8Lf6Jwhr6TP1zt6sGeQeG_cMIlggnBqERasSKdV7obOxkIO3gwf6KxSUB1WXaGMk"
            "5tb-0Y"
        ),
    },
    "clientExtensionResults": {"credProps": {"rk": True}},
    "authenticatorAttachment": "platform",
}


def passkey_of(user: User) -> Authenticator:
    """Somebody's passkey."""
    data = {"name": "My laptop", "credential": CREDENTIAL}
    return Authenticator.objects.create(user=user, type="webauthn", data=data)
