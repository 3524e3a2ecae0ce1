"""A clinician's jobs, done by a script in a real browser as a person does them.

What is counted: clicks, and keys outside of typed words, from the signed-in dashboard to the end.
"""

from benchmarks.journeys.run import measure

__all__ = ["measure"]
