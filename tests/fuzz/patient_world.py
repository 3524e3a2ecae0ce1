"""A patient at the open door of her program, with a session told, and all that its pages take."""

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from clinic.models import Practice, User
from programs.access.models import PatientAccess
from programs.portal.urls import urlpatterns
from tests.programs.portal.conftest import issue_for, make_case, open_door
from tests.programs.samples import sample_prescription

NAMES = frozenset(str(getattr(pattern, "name", "")) for pattern in urlpatterns)
"""The addresses of the patient's pages."""


class PatientWorld:
    """Margaret with her phone. Each argument of an address is something of hers."""

    def __init__(self, practice: Practice, clinician: User) -> None:
        case = make_case(practice, clinician, "Margaret Ellison", dt.date(1951, 3, 8))
        self.issued = issue_for(case, clinician, sample_prescription())
        self.access = PatientAccess.objects.get(case=case, revoked_at=None)
        self.phone = Client(raise_request_exception=False)
        self.page = open_door(self.phone, self.access)
        self.device = self.page.rstrip("/").split("/")[-1]
        self.session, self.symptoms = uuid.uuid4(), uuid.uuid4()
        self.item = self.issued.prescription().items[0].item
        sent = self.phone.post(
            f"{self.page}log/", json.dumps({"entries": self.entries()}), "application/json"
        )
        assert sent.status_code == 200, sent.content

    def entries(self) -> list[dict[str, Any]]:
        """What the phone sends after a session."""
        at = timezone.now().isoformat()
        session = str(self.session)
        said = {"session": session, "at": at}
        return [
            {"type": "session", "id": session, "state": "finished", **said},
            {
                "type": "symptoms", "id": str(self.symptoms), "phase": "after", "pain": 3,
                "regions": ["thigh_back_left"], **said,
            },
            {
                "type": "exercise", "id": str(uuid.uuid4()), "item": self.item, "state": "done",
                "reps": 10, **said,
            },
        ]  # fmt: skip

    def arguments(self, name: str, taken: frozenset[str]) -> dict[str, Any]:
        """What the address of this name takes, all of it there."""
        known: dict[str, Callable[[], Any]] = {
            "device": lambda: self.device,
            "token": lambda: self.access.token,
            "run": lambda: self.session,
            "session": lambda: self.session,
            "phase": lambda: "settled",
            "kind": lambda: "offline" if name == "portal_words" else "symptoms",
            "log": lambda: self.symptoms,
            "version": lambda: self.issued.version,
            "exercise": lambda: 1,
            "picture": lambda: 1,
            "rest": lambda: "a/b",
        }
        return {argument: known[argument]() for argument in sorted(taken)}
