"""What a file brings is kept as a whole: every exercise and template of it, or nothing."""

from __future__ import annotations

from django.db import transaction

from clinic import audit
from clinic.models import Practice, User
from programs.exercises.models import Exercise
from programs.exercises.own.actions import create_own
from programs.exercises.theirs.files import OwnFile
from programs.exercises.theirs.incoming import Incoming
from programs.exercises.theirs.models import OwnStarter


@transaction.atomic
def keep_incoming(*, practice: Practice, actor: User, incoming: Incoming) -> None:
    """Keep what was tried before; templates are their new owner's alone until shared."""
    Practice.objects.select_for_update().get(pk=practice.pk)
    for data in incoming.exercises:
        create_own(practice=practice, actor=actor, data=data)
    for data in incoming.templates:
        starter, made = OwnStarter.objects.get_or_create(
            practice=practice,
            made_by=actor,
            name=data["name"],
            retired_at=None,
            defaults={"data": data},
        )
        if made:
            audit.record(
                practice=practice,
                actor=actor,
                action="own_starter.import",
                target=starter,
                items=len(data["item"]),
            )


def own_file(practice: Practice, user: User) -> OwnFile:
    """The practice's own exercises that are not retired, and the templates this user sees."""
    exercises = Exercise.objects.filter(practice=practice, retired_at=None).order_by("name", "pk")
    rows = practice.own_starters.filter(retired_at=None).seen_by(user).order_by("name", "pk")
    templates = [row.data for row in rows]
    return OwnFile([row.data for row in exercises], templates)
