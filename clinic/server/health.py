"""Asks the server on this machine whether it is well: the container's health check.

    python -m clinic.server.health

Ends with 0 when it is, with 1 and a sentence when it is not.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException


def main() -> None:
    """One request to ``/readyz/``."""
    port = int(os.environ.get("BIND", "0.0.0.0:8000").rpartition(":")[2])
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/readyz/")
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        sys.exit(f"Homeward does not answer: {error}.")
    if status != 200:
        sys.exit(f"Homeward answers {status}.")


if __name__ == "__main__":
    main()
