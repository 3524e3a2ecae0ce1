"""Read by every Python that ``scripts/test-anyday.sh`` starts.

Where a moved clock leaves the one alone that only goes forward, libfaketime 0.9.10 refuses to sleep
until a moment of the latter, which is how ``time.sleep`` sleeps. Waiting for nothing is the same.

All that is started shares one lock of the library's, and a process that is killed while it has it
stops the whole run. Nothing needs the lock where the clock is moved by a fixed time: each process
makes its own.
"""

import os
import select
import time


def _sleep(seconds: float) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = _sleep
os.environ.pop("FAKETIME_SHARED", None)
