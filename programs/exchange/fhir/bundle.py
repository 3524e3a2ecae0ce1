"""The whole record as one bundle."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from django.utils import timezone

from clinic.models import User
from patients.models import Case, Patient
from programs.exchange.fhir.cases import (
    case_resources,
    flags,
    organization,
    person,
    practitioner,
)
from programs.exchange.fhir.parts import Resource, moment
from programs.exchange.fhir.programs import program_resources
from programs.exchange.fhir.reports import report_resources


def bundle(patient: Patient, cases: Iterable[Case]) -> Iterator[bytes]:
    """One JSON document, made resource by resource."""
    head = {"resourceType": "Bundle", "type": "collection", "timestamp": moment(timezone.now())}
    yield (json.dumps(head)[:-1] + ', "entry": [').encode()
    comma = ""
    for resource in resources(patient, cases):
        address = f"{resource['resourceType']}/{resource['id']}"
        entry = {"fullUrl": f"https://homeward.example/fhir/{address}", "resource": resource}
        yield f"{comma}\n{json.dumps(entry, ensure_ascii=False)}".encode()
        comma = ","
    yield b"]}\n"


def resources(patient: Patient, cases: Iterable[Case]) -> Iterator[Resource]:
    """Everything, what is referred to among it; whoever treats here is named once."""
    yield organization(patient.practice)
    members = patient.practice.memberships.values("user")
    yield from (practitioner(user) for user in User.objects.filter(pk__in=members).order_by("pk"))
    yield person(patient)
    key = patient.pk
    for case in cases:
        yield from chain(
            case_resources(case, key),
            program_resources(case, key),
            report_resources(case, key),
            flags(case, key),
        )
