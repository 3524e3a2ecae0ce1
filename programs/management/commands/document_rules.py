"""``manage.py document_rules``: write docs/rules.md from the rule data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from programs.exercises.catalogue_files import built_in
from programs.exercises.rules_document import page


class Command(BaseCommand):
    """Generated, so that the page says what the rules do."""

    help = "Write docs/rules.md from the rule data."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and name it."""
        path = Path(settings.BASE_DIR) / "docs" / "rules.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(built_in()), encoding="utf-8")
        self.stdout.write("docs/rules.md is written.")
