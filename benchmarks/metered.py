"""The site as it is served, and each answer tells what it took of the processor.

For the benches alone: ``gunicorn benchmarks.metered:application``. The header is
``Server-Timing: cpu;dur=12.3, here;dur=40.1``, in milliseconds: of the thread that answered, and by
the clock from when it had the whole request.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from clinic.wsgi import application as site


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer, with the header."""
    cpu, here = time.thread_time(), time.perf_counter()

    def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        taken = (time.thread_time() - cpu) * 1000
        passed = (time.perf_counter() - here) * 1000
        told = ("Server-Timing", f"cpu;dur={taken:.1f}, here;dur={passed:.1f}")
        return start_response(status, [*headers, told], *more)

    return site(environ, begin)
