"""``manage.py respond HISTORY.json``: what a symptom log means, from the command line."""

from __future__ import annotations

from typing import Any

from programs.exercises.catalogue_files import built_in
from programs.management.json_command import JsonCommand
from programs.sessions.respond_json import respond_json


class Command(JsonCommand):
    """Reads one history, prints the answer for patient and clinician."""

    help = "Judge a history of logs: JSON in, JSON out. Needs the catalogue, no patient."
    name = "respond"
    source = "HISTORY.json"

    def answer(self, data: bytes, options: dict[str, Any]) -> str:
        """The contract's JSON text."""
        content = built_in()
        return respond_json(data, content.rules, content.definitions)
