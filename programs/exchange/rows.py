"""Every row of a patient's record as JSON, table by table, as the database has it.

What opens something is left out: links, codes, and the hashes of them. A PDF stands beside it as a
file and is named here, and so does a photograph of an issued version.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from clinic.models import Practice, StoredFile
from clinic.models.secret import SealedText, SecretHash
from clinic.wall.belongings import belongings
from patients.models import Patient
from programs.access.models import DeviceGrant
from programs.prescriptions.handout_models import Handout
from programs.prescriptions.models import IssuedPrescription
from programs.prescriptions.photograph_models import IssuedPhotograph

_CHUNK = 200
_SECRETS = {"secret_hash", "token_hash"}


def whole_person(patient: Patient) -> list[UUID]:
    """The record's number, and those of the records that were merged into it."""
    found, new = [patient.pk], [patient.pk]
    while new:
        parts = Patient.objects.filter(merged_into__in=new).order_by("pk")
        new = list(parts.values_list("pk", flat=True))
        found += new
    return found


def record_json(patient: Patient) -> Iterator[bytes]:
    """One object: for each table the rows that hang on this patient."""
    roots = whole_person(patient)
    tables = ((kind.model, kind.rows(roots)) for kind in belongings("patients.Patient"))
    return tables_json(tables)


def practice_json(practice: Practice) -> Iterator[bytes]:
    """The practice's own rows: settings, team, exercises, wishes; pictures by their size."""
    rows: list[tuple[type[models.Model], models.QuerySet[Any]]] = [
        (Practice, Practice.objects.filter(pk=practice.pk))
    ]
    for related in Practice._meta.related_objects:
        model = related.related_model
        if not isinstance(model, type) or model in {Patient, *_of_a_patient()}:
            continue
        if related.field.name != "practice" or model._meta.model_name in {"look", "auditentry"}:
            continue
        rows.append((model, model._default_manager.filter(practice=practice).order_by("pk")))
    return tables_json(iter(rows))


def _of_a_patient() -> set[type[models.Model]]:
    return {kind.model for kind in belongings("patients.Patient")}


def tables_json(
    tables: Iterator[tuple[type[models.Model], models.QuerySet[Any]]],
) -> Iterator[bytes]:
    """``{"patients.Case": [{…}, …], …}``, a few rows in memory at a time."""
    before = "{"
    for model, rows in tables:
        if model is DeviceGrant:
            continue
        yield f"{before}\n{json.dumps(model._meta.label)}: [".encode()
        before, comma = ",", ""
        for row in rows.iterator(chunk_size=_CHUNK):
            yield f"{comma}\n {json.dumps(_plain(row), cls=DjangoJSONEncoder)}".encode()
            comma = ","
        yield b"]"
    yield b"}\n" if before == "," else b"{}\n"


def handout_name(handout: Handout) -> str:
    """Where the PDF stands in the zip."""
    large = "-large" if handout.large_print else ""
    return f"handouts/{handout.pk}{large}.pdf"


def photograph_name(photograph: IssuedPhotograph) -> str:
    """The same for a photograph of a version: by what the version names it, once for all."""
    ending = photograph.content_type.rpartition("/")[2]
    return f"photographs/{photograph.digest}.{ending}"


_FILES: Final[dict[type[models.Model], Callable[[Any], str]]] = {
    Handout: handout_name,
    IssuedPhotograph: photograph_name,
}
"""What stands in a file of its own, and under which name."""


def _plain(row: models.Model) -> dict[str, Any]:
    return {
        field.attname: _value(row, field)
        for field in row._meta.concrete_fields
        if not isinstance(field, (SealedText, SecretHash)) and field.name not in _SECRETS
    }


def _value(row: models.Model, field: models.Field[Any, Any]) -> Any:
    if isinstance(row, IssuedPrescription) and field.name == "payload":
        return row.drawn_payload()
    value = getattr(row, field.attname)
    if isinstance(value, (bytes, memoryview)):
        size = row.size if isinstance(row, StoredFile) else len(value)
        return _FILES[type(row)](row) if type(row) in _FILES else f"{size} bytes"
    return value
