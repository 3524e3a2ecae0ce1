"""What a patient's page says about merges."""

from __future__ import annotations

from dataclasses import dataclass

from patients.models import Patient, PatientMerge
from patients.people.merge_forms import FIELD_WORDS, shown_value


@dataclass(frozen=True, slots=True)
class MergeEntry:
    """One merge, with what either record said and the result does not."""

    merge: PatientMerge
    not_kept: list[tuple[str, str]]
    may_be_taken_back: bool


def merges_of(patient: Patient) -> list[MergeEntry]:
    """Every merge that this record is made of, latest first; those of its parts as well."""
    found: list[PatientMerge] = []
    level = [patient.pk]
    while level:
        rows = PatientMerge.objects.filter(kept__in=level).select_related(
            "gone", "kept", "merged_by", "taken_back__returned_by"
        )
        found += rows
        level = [row.gone_id for row in rows if not row.is_taken_back]
    standing = [row for row in found if row.kept_id == patient.pk and not row.is_taken_back]
    latest = max(standing, key=lambda row: row.pk, default=None)
    return [_entry(row, latest) for row in sorted(found, key=lambda row: -row.pk)]


def _entry(merge: PatientMerge, latest: PatientMerge | None) -> MergeEntry:
    order = list(FIELD_WORDS)
    not_kept = [
        (FIELD_WORDS[name], shown_value(name, said))
        for name, said in sorted(merge.not_kept(), key=lambda pair: order.index(pair[0]))
    ]
    return MergeEntry(merge, not_kept, may_be_taken_back=merge == latest)
