"""The way to the press, which is loaded with the first page.

WeasyPrint and its fonts take half a second of every process that reads them, and most commands
print nothing. The server reads the press before its workers are forked (``READ_AHEAD``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from programs.prescriptions.handout.pdf import Pictures


def print_page(page: str, pictures: Pictures, paper_size: str, styles: str = "first") -> bytes:
    """What :func:`programs.prescriptions.handout.pdf.print_page` makes of a page."""
    from programs.prescriptions.handout import pdf

    return pdf.print_page(page, pictures, paper_size, styles)
