"""``manage.py search_exercises [--case CASE.json] QUERY...``: the search from the command line.

A line says what the pages say: ``corrected``, what was searched instead of what nothing is called,
and where nothing was found ``near``, the words of it that find something by themselves.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clinic.parsing.errors import FactsError
from clinic.parsing.reader import read_json
from programs.builder.results import by_verdict
from programs.exercises.catalogue_files import ContentError, built_in
from programs.exercises.search import SearchIndex, search_entries
from programs.management.json_command import BAD_INPUT, OneLineParser, read_input
from programs.rules.case_json import parse_case
from programs.rules.engine import Assessment, Engine
from programs.verdicts.assessments import severities, speaking_against


class Command(BaseCommand):
    """Reads queries, prints one line of JSON for each; needs the catalogue, no patient."""

    help = "Search the catalogue: one JSON line a query, best first. A query of - reads lines."
    requires_system_checks = ()
    requires_migrations_checks = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The usual parser, with one-line errors."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = OneLineParser
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """The case and the queries."""
        parser.add_argument(
            "--case",
            metavar="CASE.json",
            help="order by verdict for this case as well",
        )
        parser.add_argument("queries", nargs="+", metavar="QUERY", help="words, or - for stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the answers, or one line on standard error."""
        try:
            against = _against(options["case"])
            queries = list(_each(options["queries"]))
        except (FactsError, OSError, ContentError) as error:
            sys.stderr.write(" ".join(f"search_exercises: {error}".split()) + "\n")
            sys.exit(BAD_INPUT)
        content = built_in()
        index = SearchIndex(search_entries(content.definitions.values(), content.starters.values()))
        for query in queries:
            hits = index.search(query)
            answer = {
                "query": query,
                "corrected": hits.corrected or None,
                "results": by_verdict(hits, against),
                "near": hits.near,
            }
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def _against(case: str | None) -> dict[str, int]:
    """How much speaks against each exercise for the case in that file, if one is named."""
    content = built_in()
    if case is None:
        return dict.fromkeys(content.definitions, 0)
    facts = parse_case(read_json(read_input(case), "the case", FactsError))
    found: dict[str, list[Assessment]] = defaultdict(list)
    traits = {slug: d.traits for slug, d in content.definitions.items()}
    for assessment in Engine(content.rules, traits).assess(facts):
        found[assessment.exercise].append(assessment)
    return speaking_against(severities(content.definitions, found))


def _each(queries: Iterable[str]) -> Iterator[str]:
    """The queries; for a dash, each line of standard input that is not empty."""
    for query in queries:
        if query != "-":
            yield query
            continue
        for line in read_input("-").decode("utf-8", errors="replace").splitlines():
            if line.strip():
                yield line.strip()
