"""Fills the database of the faults, and prints who does what there, as JSON.

Run as the owner of the tables: the demo, a clinician who is signed in, patients whose devices are
through the door, and drafts that can be issued.
"""

from __future__ import annotations

import json
import sys

from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

from benchmarks.devices import many_devices
from clinic import demo
from clinic.models import Membership, User
from programs.builder import actions
from programs.prescriptions.models import Program
from programs.verdicts.blockers import blockers_of
from programs.verdicts.judgement import judge_program

PATIENTS = 6


def main() -> None:
    """Make it all, in an empty database."""
    setup_test_environment()
    call_command("create_demo", stdout=sys.stderr)
    alice = User.objects.get(email=demo.EMAIL)
    practice = Membership.objects.get(user=alice).practice
    practice.alert_email = "desk@harbour.example"
    practice.save()
    client = Client()
    client.force_login(alice)
    devices = [(d.path, d.cookie, d.item) for d in many_devices(PATIENTS)]
    found = {
        "session": client.cookies["sessionid"].value,
        "devices": devices,
        "drafts": drafts(alice),
    }
    sys.stdout.write(json.dumps(found))


def drafts(alice: User) -> list[str]:
    """Programs with an open draft that nothing stands in the way of."""
    live = Program.objects.filter(
        ended_at=None, draft_open=False, case__practice__memberships__user=alice, items__gt=0
    ).distinct()
    found = []
    for program in live.order_by("created_at"):
        if not program.prescriptions.exists():
            continue
        actions.amend(program=program, actor=alice)
        program.refresh_from_db()
        if not blockers_of(judge_program(program)):
            found.append(str(program.pk))
    return found
