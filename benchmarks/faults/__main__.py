"""``python -m benchmarks.faults [NAME]…``: every fault, or those named, and a table of them.

Ends with 1 where something acknowledged was lost, something is half done, or it took too long.
"""

from __future__ import annotations

import os
import sys

import django


def main() -> int:
    """With the settings of the site, on servers of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    from benchmarks.faults import table

    return table.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
