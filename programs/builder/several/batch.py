"""Some versions and how they are to be printed: which handouts are kept, and which are missing.

Whoever waits for them drives the work: each look at their page renders one that is missing. So
there is never more than one in memory, nothing goes on for somebody who has left, and who comes
back finds what was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.conf import settings

from clinic.models import User
from programs.access.models import PatientAccess
from programs.prescriptions.handout import handout
from programs.prescriptions.handout.options import PrintOptions
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.queries import printed_accesses


class HandoutBatch:
    """The handouts of these versions for the links that their patients have now."""

    def __init__(
        self, issued: Sequence[IssuedPrescription], options: PrintOptions, by: User
    ) -> None:
        self.issued, self.options, self.by = issued, options, by

    @cached_property
    def accesses(self) -> dict[Any, PatientAccess]:
        """The link on each, by case."""
        return printed_accesses((row.program.case for row in self.issued), self.by)

    @cached_property
    def kept(self) -> dict[int, int]:
        """The number of each handout that is kept, by its version's; without its bytes."""
        rows = Handout.objects.filter(
            prescription__in=self.issued,
            large_print=self.options.large,
            options=self.options.code,
            address=settings.PUBLIC_URL,
        ).values_list("prescription_id", "access_id", "pk")
        current = {(row.pk, self._access(row).pk) for row in self.issued}
        return {version: key for version, access, key in rows if (version, access) in current}

    @property
    def missing(self) -> list[IssuedPrescription]:
        """What is still to be rendered, in the order of printing."""
        return [row for row in self.issued if row.pk not in self.kept]

    def render_one(self) -> None:
        """Render and keep the next that is missing, if any."""
        for row in self.missing[:1]:
            made = handout.kept(row, self._access(row), self.options)
            self.kept[row.pk] = made.pk

    def pdfs(self) -> Iterator[bytes]:
        """The bytes of each, in the order of printing."""
        found = Handout.objects.in_bulk(self.kept.values())
        return (found.pop(self.kept[row.pk]).whole() for row in self.issued)

    def _access(self, row: IssuedPrescription) -> PatientAccess:
        return self.accesses[row.program.case_id]
