"""The clinician's picture of a case: series, adherence, the week in words, charts and reports.

``weeks``, ``series``, ``adherence``, ``sentence``, ``changes`` and ``drawing`` compute and know no
framework; ``rows`` reads the database for them in a constant number of queries.
"""
