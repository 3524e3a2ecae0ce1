"""Asks the server on this machine whether it is well: the container's health check.

    python -m clinic.server.health [PATH [HOST:PORT]]

Without a path it asks for ``/readyz/``. Ends with 0 when all is well, with 1 and a sentence when it
is not.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException


def main(path: str = "/readyz/", address: str = "") -> None:
    """One request."""
    port = os.environ.get("BIND", "0.0.0.0:8000").rpartition(":")[2]
    connection = HTTPConnection(address or f"127.0.0.1:{port}", timeout=4)
    try:
        connection.request("GET", path)
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        sys.exit(f"Homeward does not answer: {error}.")
    if status != 200:
        sys.exit(f"Homeward answers {status}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
