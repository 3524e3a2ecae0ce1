"""What two checkers that know nothing of us say of a PDF: PDF/UA-1 rules and what reading is like.

``page`` holds a file to the rules of ISO 14289-1; ``outloud`` to the same, and to what a tagged
file can still get wrong. Neither needs more than Python.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import outloud
import page
from outloud.registry import load_catalogue


def broken_rules(pdf: bytes) -> list[str]:
    """Rules of PDF/UA-1 that the file breaks, as either of the two sees it."""
    return _validated(pdf) + _heard(pdf, "conformance")["conformance"]


def broken_rules_and_doubts(pdf: bytes) -> tuple[list[str], list[str]]:
    """The same, and what keeps every rule and may still read badly: the file is read once."""
    heard = _heard(pdf, "conformance", "semantic")
    return _validated(pdf) + heard["conformance"], heard["semantic"]


def _validated(pdf: bytes) -> list[str]:
    return [f.rule_id for f in page.validate_pdf_bytes(pdf, profile="ua1").failures]


def _heard(pdf: bytes, *layers: str) -> dict[str, list[str]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "printed.pdf"
        path.write_bytes(pdf)
        result = outloud.check(str(path), layers=list(layers))
    assert not result.error, result.error
    said: dict[str, set[str]] = {layer: set() for layer in layers}
    for found in result.findings:
        said[load_catalogue()[found.rule].layer].add(f"{found.rule} {found.message}")
    return {layer: sorted(words) for layer, words in said.items()}
