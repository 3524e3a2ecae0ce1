"""The small parts that FHIR resources are made of. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Any

Resource = dict[str, Any]
CODES = "https://homeward.example/fhir/codes"
"""Names our own codes; it is a name, and leads to no page."""
_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"


def ref(kind: str, key: object) -> Resource:
    """A reference to another resource of the same bundle."""
    return {"reference": f"{kind}/{key}"}


def performer(user: int | None, helper: str, patient: object) -> Resource:
    """Who told it: somebody of the practice, who helps the patient, or the patient."""
    if user:
        return ref("Practitioner", user)
    # Somebody the practice knows by name alone is no resource of the bundle.
    return {"type": "RelatedPerson", "display": helper} if helper else ref("Patient", patient)


def concept(words: str, code: str = "", system: str = CODES) -> Resource:
    """Something that is named in words, and by a code where there is one."""
    coding = [{"system": system, "code": code, "display": words}] if code else None
    return without_empty({"text": words, "coding": coding})


def moment(at: dt.datetime) -> str:
    """A time with its zone, to the second."""
    return at.isoformat(timespec="seconds")


def period(start: dt.datetime, end: dt.datetime | None) -> Resource:
    """From when to when; open where it has not ended."""
    return without_empty({"start": moment(start), "end": moment(end) if end else None})


def note(words: str) -> list[Resource] | None:
    """A remark, where there is one."""
    return [{"text": words}] if words.strip() else None


def observation(
    key: str, patient: object, code: Resource, at: dt.datetime, **said: Any
) -> Resource:
    """Something that was observed or reported at one moment."""
    return without_empty(
        {
            "resourceType": "Observation",
            "id": key,
            "status": said.pop("status", "final"),
            "category": [concept("Survey", "survey", _CATEGORY)],
            "code": code,
            "subject": ref("Patient", patient),
            "effectiveDateTime": moment(at),
            **said,
        }
    )


def without_empty(resource: Resource) -> Resource:
    """FHIR knows no empty value: what is not there is left out."""
    return {key: value for key, value in resource.items() if value not in (None, "", [], {})}
