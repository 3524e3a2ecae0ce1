"""What two checkers that know nothing of us say of a PDF: PDF/UA-1 rules and what reading is like.

``page`` holds a file to the rules of ISO 14289-1; ``outloud`` to the same, and to what a tagged
file can still get wrong. Neither needs more than Python.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import outloud
import page


def broken_rules(pdf: bytes) -> list[str]:
    """Rules of PDF/UA-1 that the file breaks, as either of the two sees it."""
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    return [f.rule_id for f in report.failures] + _heard(pdf, "conformance")


def doubts(pdf: bytes) -> list[str]:
    """What keeps every rule and may still read badly."""
    return _heard(pdf, "semantic")


def _heard(pdf: bytes, layer: str) -> list[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "printed.pdf"
        path.write_bytes(pdf)
        result = outloud.check(str(path), layers=[layer])
    assert not result.error, result.error
    return sorted({f"{found.rule} {found.message}" for found in result.findings})
