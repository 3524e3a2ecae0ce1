"""The test client, with what stands in front of Django when the site is served."""

from typing import Any

from django.test import Client

from clinic.server.intake import said_in_utf8


def as_served(client: Client) -> Client:
    """The same client; its requests come in as through ``clinic.wsgi``."""
    handler: Any = client.handler
    client.handler = lambda environ: handler(said_in_utf8(environ))  # type: ignore[assignment]
    return client
