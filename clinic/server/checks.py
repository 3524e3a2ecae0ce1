"""What ``check --deploy`` says about the address of the site, and about that of its files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.http.request import validate_host

from clinic.server.environment import is_this_machine


@register(Tags.security, deploy=True)
def check_public_url(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Patients get this address on paper: it has to lead here, and safely."""
    url = urlsplit(settings.PUBLIC_URL)
    host = url.hostname or ""
    told: list[CheckMessage] = []
    if url.scheme != "https":
        told.append(Warning("PUBLIC_URL does not begin with https://.", id="clinic.W001"))
    if is_this_machine(host):
        told.append(Warning("PUBLIC_URL leads to the machine itself.", id="clinic.W002"))
    elif not validate_host(host, settings.ALLOWED_HOSTS):
        told.append(Warning("PUBLIC_URL is not among ALLOWED_HOSTS.", id="clinic.W003"))
    return told


@register(Tags.security, deploy=True)
def check_files_endpoint(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Handouts and their keys go there: nobody on the way may read them."""
    url = urlsplit(settings.FILES_STORE["OPTIONS"]["endpoint_url"] or "https://")
    if url.scheme == "https" or is_this_machine(url.hostname or ""):
        return []
    return [Warning("FILES_ENDPOINT does not begin with https://.", id="clinic.W004")]
