"""docs/rules.md says what the rules do."""

from programs.exercises.catalogue_files import built_in
from programs.exercises.rules_document import page
from tests.paths import ROOT


def test_the_page_of_rules_is_current() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == page(built_in()), "run: python manage.py document_rules"


def test_every_rule_has_its_heading() -> None:
    text = page(built_in())
    headings = [line.split(" · ")[0][4:] for line in text.splitlines() if line.startswith("### ")]
    assert sorted(headings) == sorted(r.id for r in built_in().rules)
