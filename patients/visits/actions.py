"""Writing visit notes: drafts are saved by their author, signed ones only get amendments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clinic import audit
from clinic.form_numbers import made_before
from clinic.models import User
from clinic.outcomes import Refused, Stale
from patients.models import Case, VisitAmendment, VisitNote

VISIT_FIELDS: Final = ("visited_on", "subjective", "objective", "assessment", "plan", "free")
SIGNED: Final = "This note is signed. Add to it below; the note itself stays as it is."
DISCARDED: Final = "This draft was thrown away. Begin a new note with what you typed."


class BegunMeanwhile(Exception):  # noqa: N818 - an outcome to show, not an error
    """Its author has begun ``visit``, of the same day, since the form for a new note was opened."""

    def __init__(self, visit: VisitNote) -> None:
        super().__init__()
        self.visit = visit


@transaction.atomic
def start_visit(
    *,
    case: Case,
    actor: User,
    key: UUID,
    values: Mapping[str, Any],
    sign: bool = False,
    known: int | None = None,
) -> VisitNote:
    """A new note of the case, a draft or signed at once. ``values`` hold ``VISIT_FIELDS``.

    The same form sent twice makes one note; with other words under an old number, a note of its
    own, so that nothing typed is lost. ``known``: the number of the author's latest note when the
    form was opened. :class:`BegunMeanwhile` where a later one of the same day says other words.
    """
    words = {name: values[name] for name in VISIT_FIELDS}
    # Two tabs that are sent at the same moment come one after the other.
    Case.objects.select_for_update().only("pk").get(pk=case.pk)
    visit, number = made_before(
        key,
        (*sorted(words.items()), actor.pk),
        held=lambda one: case.visits.filter(key=one),
        same=lambda note: _is_same(note, actor, words),
    )
    if visit is None and known is not None:
        visit = _begun_since(case, actor, words, known)
    if visit is None:
        visit = VisitNote.objects.create(case=case, key=number, author=actor, **words)
        audit.record(practice=case.practice, actor=actor, action="visit.start", target=visit)
    if sign:
        _sign(visit, actor)
    return visit


def _is_same(note: VisitNote, actor: User, words: Mapping[str, Any]) -> bool:
    """Whether this is what the form said when it was sent before."""
    return note.author_id == actor.pk and not note.discarded_at and not _differs(note, words)


def latest_own(case: Case, author: User) -> int:
    """The number of this author's latest note of the case; 0 before the first."""
    return (
        case.visits.filter(author=author).order_by("-pk").values_list("pk", flat=True).first() or 0
    )


def _begun_since(case: Case, actor: User, words: Mapping[str, Any], known: int) -> VisitNote | None:
    mine = case.visits.standing().filter(author=actor, pk__gt=known)
    met = mine.filter(visited_on=words["visited_on"]).order_by("-pk").first()
    if met is not None and _differs(met, words):
        raise BegunMeanwhile(met)
    return met


@transaction.atomic
def save_visit(
    *, visit: VisitNote, actor: User, seen: int, values: Mapping[str, Any], sign: bool = False
) -> VisitNote:
    """Write a draft anew, and sign it where asked.

    ``seen`` is the revision the editor started from: :class:`Stale` where another tab has saved
    other words since. :class:`Refused` for a note that is signed, thrown away, or of somebody else.
    The same words sent twice are saved once.
    """
    now = (
        VisitNote.objects.select_for_update(of=("self",)).select_related("author").get(pk=visit.pk)
    )
    if now.author_id != actor.pk:
        raise Refused(f"Only {now.author} can change this draft. Begin a note of your own.")
    same = not _differs(now, values)
    if now.signed_at is not None:
        if same:
            return now
        raise Refused(SIGNED)
    if now.discarded_at is not None:
        raise Refused(DISCARDED)
    if not same:
        if seen != now.revision:
            raise Stale(str(now.author), now.changed_at)
        for name in VISIT_FIELDS:
            setattr(now, name, values[name])
        now.revision += 1
        now.changed_at = timezone.now()
        now.save(update_fields=[*VISIT_FIELDS, "revision", "changed_at"])
        audit.record(
            practice=now.case.practice,
            actor=actor,
            action="visit.save",
            target=now,
            revision=now.revision,
        )
    if sign:
        _sign(now, actor)
    return now


@transaction.atomic
def discard_visit(*, visit: VisitNote, actor: User) -> bool:
    """Throw a draft away, such as one in the wrong case; False where that was done before.

    :class:`Refused` for a signed note, and for anybody but its author.
    """
    now = VisitNote.objects.select_for_update().get(pk=visit.pk)
    if now.author_id != actor.pk:
        raise Refused("Only its author can throw a draft away.")
    if now.signed_at is not None:
        raise Refused("A signed note stays. Add to it instead.")
    if now.discarded_at is not None:
        return False
    now.discarded_at = timezone.now()
    now.save(update_fields=["discarded_at"])
    audit.record(practice=now.case.practice, actor=actor, action="visit.discard", target=now)
    return True


@transaction.atomic
def amend_visit(*, visit: VisitNote, actor: User, key: UUID, words: str) -> VisitAmendment:
    """Add to a signed note. The same form sent twice adds once; :class:`Refused` for a draft."""
    if visit.signed_at is None:
        raise Refused("This note is not signed yet. Change the draft itself.")
    # Two that are sent at the same moment come one after the other.
    VisitNote.objects.select_for_update().only("pk").get(pk=visit.pk)
    found, number = made_before(
        key,
        (words, actor.pk),
        held=lambda one: VisitAmendment.objects.filter(visit=visit, key=one),
        same=lambda row: bool(row.words == words and row.by_id == actor.pk),
    )
    if found is None:
        found = VisitAmendment.objects.create(visit=visit, key=number, words=words, by=actor)
        audit.record(practice=visit.case.practice, actor=actor, action="visit.amend", target=visit)
    return found


def _differs(visit: VisitNote, values: Mapping[str, Any]) -> bool:
    return any(getattr(visit, name) != values[name] for name in VISIT_FIELDS)


def _sign(visit: VisitNote, actor: User) -> None:
    if visit.signed_at is not None:
        return
    visit.signed_at = timezone.now()
    visit.save(update_fields=["signed_at"])
    audit.record(practice=visit.case.practice, actor=actor, action="visit.sign", target=visit)
